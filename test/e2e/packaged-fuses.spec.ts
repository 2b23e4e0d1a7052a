import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { expect, test } from "@playwright/test";
import { packages } from "./support/packages.ts";

const { ENABLE, DISABLE } = FuseState;

test("the fuses of the program that is handed to people are those of a hardened one", async () => {
  const fuses = await getCurrentFuseWire(packages().executable);
  expect({
    runAsNode: fuses[FuseV1Options.RunAsNode],
    cookieEncryption: fuses[FuseV1Options.EnableCookieEncryption],
    nodeOptions: fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: fuses[FuseV1Options.EnableNodeCliInspectArguments],
    asarIntegrity: fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
    onlyAsar: fuses[FuseV1Options.OnlyLoadAppFromAsar],
    filePrivileges: fuses[FuseV1Options.GrantFileProtocolExtraPrivileges],
  }).toEqual({
    runAsNode: DISABLE,
    cookieEncryption: ENABLE,
    nodeOptions: DISABLE,
    inspect: DISABLE,
    asarIntegrity: ENABLE,
    onlyAsar: ENABLE,
    filePrivileges: DISABLE,
  });
});
