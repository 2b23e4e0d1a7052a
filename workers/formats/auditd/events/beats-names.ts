/** Where Auditbeat, Filebeat and go-libaudit keep the parts of a record: published field lists of the Elastic Common Schema and of the modules. */

/** Where one program keeps what; the first name that occurs counts. */
export interface Names {
  readonly type: readonly string[];
  readonly serial: readonly string[];
  readonly result: readonly string[];
  readonly session: readonly string[];
  readonly data: readonly string[];
  readonly paths: readonly string[];
  readonly keys: readonly string[];
  readonly original: readonly string[];
  /** Field of a record → where it is kept, with the place of the name that goes with it. */
  readonly ids: Readonly<Record<string, readonly [id: string, name: string]>>;
  readonly process: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly title: readonly string[];
  readonly cwd: readonly string[];
  readonly source: readonly string[];
}

const ECS_IDS: Names["ids"] = {
  auid: ["user.audit.id", "user.audit.name"],
  uid: ["user.id", "user.name"],
  euid: ["user.effective.id", "user.effective.name"],
  suid: ["user.saved.id", "user.saved.name"],
  fsuid: ["user.filesystem.id", "user.filesystem.name"],
  gid: ["user.group.id", "user.group.name"],
  egid: ["user.effective.group.id", "user.effective.group.name"],
  sgid: ["user.saved.group.id", "user.saved.group.name"],
  fsgid: ["user.filesystem.group.id", "user.filesystem.group.name"],
  "old-auid": ["user.old-auid.id", "user.old-auid.name"],
  old_auid: ["user.old_auid.id", "user.old_auid.name"],
  new_auid: ["user.new_auid.id", "user.new_auid.name"],
};
const ECS_PROCESS = { pid: "process.pid", ppid: "process.parent.pid", comm: "process.name", exe: "process.executable" };

export const AUDITBEAT: Names = {
  type: ["auditd.message_type"],
  serial: ["auditd.sequence"],
  result: ["auditd.result"],
  session: ["auditd.session"],
  data: ["auditd.data"],
  paths: ["auditd.paths"],
  keys: ["tags"],
  original: ["event.original"],
  ids: ECS_IDS,
  process: ECS_PROCESS,
  args: ["process.args"],
  title: ["process.title"],
  cwd: ["process.working_directory"],
  source: ["source.ip"],
};
export const FILEBEAT: Names = {
  ...AUDITBEAT,
  type: ["auditd.log.record_type"],
  serial: ["auditd.log.sequence"],
  result: ["event.outcome"],
  session: ["auditd.log.ses"],
  data: ["auditd.log"],
  paths: ["auditd.log.paths"],
  keys: ["auditd.log.key"],
};

export function goLibaudit(front: string): Names {
  const at = (name: string): readonly string[] => [`${front}${name}`];
  const ids = Object.fromEntries(
    [...Object.keys(ECS_IDS)].map((name) => [
      name,
      [`${front}user.ids.${name}`, `${front}user.names.${name}`] as const,
    ]),
  );
  return {
    type: at("record_type"),
    serial: at("sequence"),
    result: [`${front}result`, `${front}data.result`],
    session: [`${front}session`, `${front}data.ses`],
    data: at("data"),
    paths: at("paths"),
    keys: [`${front}tags`, `${front}keys`],
    original: at("raw_msg"),
    ids,
    process: Object.fromEntries(
      ["pid", "ppid", "name:comm", "exe"].map((each) => {
        const [own = "", name = own] = each.split(":");
        return [name, `${front}process.${own}`];
      }),
    ),
    args: at("process.args"),
    title: at("process.title"),
    cwd: at("process.cwd"),
    source: at("source.ip"),
  };
}
