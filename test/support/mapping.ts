/** The four events of the published example of RadiantOne (a file server), with values of our own. */

export const MAPPING_COLUMNS = [
  ..."eventid description log_mandant log_datasource log_externalref log_family log_date".split(" "),
  ..."log_wheresource log_wheredestination log_whologin log_whorepository log_whoidentity log_whosessionid".split(" "),
  ..."log_whateventcategory log_whateventcode log_whateventcodelabel log_whataction log_whatpayload".split(" "),
  ..."log_whatstatus log_whatcount log_whatdisplayname log_whattargettype log_whattargetname".split(" "),
  ..."log_whattargetparent log_whattarget2type log_whattarget2name log_whattarget2parent".split(" "),
  ..."log_whatoldvalue log_whatnewvalue log_whatdata".split(" "),
  ...Array.from({ length: 19 }, (_, i) => `log_custom${i + 1}`),
];

type Cells = Readonly<Record<string, string>>;

const SHARED: Cells = {
  log_datasource: "{server}",
  log_externalref: "{no}",
  log_family: "File Access",
  log_date: "{timestamp}",
  log_wheresource: "{client}",
  log_whologin: "{sid}",
  log_whorepository: "DEMO",
  log_whateventcategory: "{category} - {subcategory}",
  log_whateventcode: "DOC-{type}",
  log_whateventcodelabel: "{message}",
  log_whatcount: "1",
  log_whatdisplayname: "{message} {file}",
  log_whattargetname: "{file}",
};
const OWN: Readonly<Record<string, Cells>> = {
  RD: { log_whataction: "read", log_custom1: "{formattedRawData}" },
  WR: { log_whataction: "write", log_custom1: "{formattedRawData}" },
  REN: { log_whataction: "rename", log_whatdisplayname: "{message} {file} to {param.New File}" },
  DEL: { log_whataction: "delete" },
};

/** CRLF, a quoted cell and a blank line, so that what is written back can be held against it byte for byte. */
export const PROPERTIES_TEXT = [
  "eventid;message;category;subcategory;1;2",
  "RD;Read file;File;read;Offset;Length",
  "WR;Write file;File;write;Offset;Length",
  'REN;"Rename file";File;rename;New File;',
  "DEL;Delete file;File;delete;;",
  "",
].join("\r\n");

/** `change` overrides cells by event id; `columns` is the header. */
export function attributesText(
  change: Readonly<Record<string, Cells>> = {},
  columns: readonly string[] = MAPPING_COLUMNS,
): string {
  const rows = Object.entries(OWN).map(([id, own]) => {
    const cells: Cells = { eventid: id, description: "an event; as people say", ...SHARED, ...own, ...change[id] };
    return columns.map((column) => quoted(cells[column] ?? "")).join(";");
  });
  return [columns.join(";"), ...rows, "", ""].join("\r\n");
}

function quoted(text: string): string {
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const SOURCE_TEXT = [
  "no,timestamp,server,client,type,sid,file,properties",
  String.raw`1,20260103080000,fs1,192.0.2.7,RD,eva,\\fs1\a.txt,0|512`,
  String.raw`2,20260103080001,fs1,192.0.2.7,WR,eva,\\fs1\a.txt,512|64`,
  String.raw`3,20260103080002,fs1,192.0.2.8,REN,tom,\\fs1\a.txt,\\fs1\b.txt`,
  String.raw`4,20260103080003,fs1,192.0.2.8,DEL,tom,\\fs1\b.txt,`,
  "",
].join("\n");
