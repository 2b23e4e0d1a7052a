import { useCallback } from "react";
import { useFields, useKept } from "../../engine/use-result.ts";

/** Column titles: the field's own title where the case knows it, the query name otherwise. */
export function useTitles(): (field: string) => string {
  const fields = useKept(useFields());
  return useCallback(
    (name: string) => {
      if (name === "source") return "Src";
      return fields?.find((field) => field.name === name)?.title ?? name.replace(/^raw\./, "");
    },
    [fields],
  );
}
