import { SlidersHorizontal } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import type { InspectedItem, MemberVerdict } from "../../../workers/contract.ts";
import { useServices, useView } from "../../app/services.tsx";
import {
  LONGEST_PROFILE_NAME,
  type ReadingProfile,
  profileAnswer,
  profileFor,
  withProfile as withKept,
  withoutProfile,
} from "../../state/profiles.ts";
import { Button } from "../../ui/button.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import {
  type ImportPlan,
  asFound,
  isSaid,
  profileNameOf,
  readAnswerOf,
  withProfile,
  withProfileNamed,
} from "./import-plan.ts";

interface ProfileProps {
  readonly item: InspectedItem;
  readonly member: MemberVerdict;
  readonly plan: ImportPlan;
  readonly onPlan: (plan: ImportPlan) => void;
}

/** The profile that a member is or could be read by, and a way to keep what was said as one. */
export function ProfileBar({ item, member, plan, onPlan }: ProfileProps) {
  const profiles = useView((view) => view.profiles);
  const { view } = useServices();
  const [naming, setNaming] = useState(false);
  const { shape } = member;
  if (shape === undefined) return null;
  const name = profileNameOf(plan, item, member.path);
  const used = profiles.find((profile) => profile.name === name);
  const fitting = profileFor(profiles, shape);
  const forget = (profile: ReadingProfile): void => {
    view.patch({ profiles: withoutProfile(view.get().profiles, profile.name) });
    if (profile.name === name) onPlan(asFound(plan, item, member.path));
  };
  const keep = (called: string): void => {
    const choice = plan.choices[item.grant]?.[member.path];
    const profile = {
      name: called,
      shape,
      ...(choice !== undefined && { choice }),
      answer: profileAnswer(readAnswerOf(plan, item, member)),
    };
    view.patch({ profiles: withKept(view.get().profiles, profile) });
    onPlan(withProfileNamed(plan, item, member.path, called));
    setNaming(false);
  };
  if (naming)
    return (
      <NameProfile taken={profiles} suggested={used?.name ?? ""} onKeep={keep} onCancel={() => setNaming(false)} />
    );
  if (used !== undefined) {
    return (
      <Bar text="Read by the profile" profile={used}>
        <Button small kind="link" onPress={() => onPlan(asFound(plan, item, member.path))}>
          Read it as found
        </Button>
        <Button small kind="link" onPress={() => forget(used)}>
          Forget the profile
        </Button>
      </Bar>
    );
  }
  // Definitions are those of one log collection, and no profile keeps them.
  const isKeepable = isSaid(plan, item, member) && readAnswerOf(plan, item, member).mapping === undefined;
  if (fitting === undefined && !isKeepable) return null;
  return (
    <Bar {...(fitting === undefined ? {} : { text: "It looks like what was read by the profile", profile: fitting })}>
      {fitting !== undefined && (
        <>
          <Button small kind="link" onPress={() => onPlan(withProfile(plan, item, member, fitting))}>
            Use it
          </Button>
          <Button small kind="link" onPress={() => forget(fitting)}>
            Forget the profile
          </Button>
        </>
      )}
      {isKeepable && (
        <Button small kind="link" onPress={() => setNaming(true)}>
          Remember as a profile…
        </Button>
      )}
    </Bar>
  );
}

function Bar(props: { readonly text?: string; readonly profile?: ReadingProfile; readonly children: React.ReactNode }) {
  const { text, profile, children } = props;
  return (
    <div className="profile-bar" role="group" aria-label="Profile">
      <Icon of={SlidersHorizontal} />
      <span className="profile-text">
        {text === undefined ? (
          "What was said of it can be used for others like it."
        ) : (
          <>
            {text} <b>{profile?.name}</b>
            {profile !== undefined && (
              <span className="profile-shape">
                {" "}
                for <EvidenceText text={profile.shape.text} limit={160} />
              </span>
            )}
          </>
        )}
      </span>
      {children}
    </div>
  );
}

function NameProfile(props: {
  readonly taken: readonly ReadingProfile[];
  readonly suggested: string;
  readonly onKeep: (name: string) => void;
  readonly onCancel: () => void;
}) {
  const { taken, onKeep, onCancel } = props;
  const [name, setName] = useState(props.suggested);
  const id = useId();
  const called = name.trim();
  const isTaken = taken.some((profile) => profile.name === called);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (called !== "") onKeep(called);
  };
  return (
    <form className="profile-bar" aria-label="Profile" onSubmit={submit}>
      <Icon of={SlidersHorizontal} />
      <label htmlFor={id}>Name of the profile</label>
      <input
        id={id}
        className="input profile-name"
        // It was asked for with the button that this takes the place of.
        autoFocus
        maxLength={LONGEST_PROFILE_NAME}
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onCancel();
        }}
      />
      <Button small disabled={called === ""} onPress={() => called !== "" && onKeep(called)}>
        {isTaken ? "Replace the profile" : "Keep the profile"}
      </Button>
      <Button small kind="quiet" onPress={onCancel}>
        Cancel
      </Button>
    </form>
  );
}
