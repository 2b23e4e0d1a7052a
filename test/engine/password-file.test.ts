import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FaultError } from "../../workers/base/fault.ts";
import { isPasswordTable, readPasswords } from "../../workers/engine/password-file.ts";
import { missingArchives, Passwords } from "../../workers/engine/passwords.ts";

const read = (text: string, name = "passwords.csv") => readPasswords(Buffer.from(text), name);
const one = (archive: string | undefined, password: string) => [{ archive, password }];

describe("a password file", () => {
  it.each([
    ["the console's table", "File Name,Note,Zip Password\r\na.zip,first floor,s3cret\r\n", one("a.zip", "s3cret")],
    ["columns in another order", "Zip Password,File Name\nx y,a.zip\n", one("a.zip", "x y")],
    ["other headers: first and last column", "Archive,Owner,Key\na.zip,me,k\n", one("a.zip", "k")],
    ["only one known header", "Name;Zip Password;Note\na.zip;k;n\n", one("a.zip", "k")],
    ["a byte order mark and semicolons", "\ufeffFile Name;Zip Password\na.zip;k\n", one("a.zip", "k")],
    [
      "quotes, delimiters and line ends in them",
      'File Name,Zip Password\n"a,b.zip","p""q\nr"\n',
      one("a,b.zip", 'p"q\nr'),
    ],
    ["blanks of a password", "File Name,Zip Password\na.zip, k \n", one("a.zip", " k ")],
    ["blank rows and no last line end", "File Name,Zip Password\n\n,,\na.zip,k", one("a.zip", "k")],
    ["lone carriage returns", "File Name,Zip Password\ra.zip,k\r", one("a.zip", "k")],
    ["a missing last cell is told", "File Name,Zip Password,Note\na.zip,k\n", one("a.zip", "k")],
  ])("%s", (_what, text, expected) => expect(read(text)).toEqual(expected));

  it("is read as UTF-16 or windows-1252 where it is written so", () => {
    const text = "\ufeffFile Name,Zip Password\na.zip,schlüssel\n";
    expect(readPasswords(Buffer.from(text, "utf16le"), "p.csv")).toEqual(one("a.zip", "schlüssel"));
    expect(readPasswords(Buffer.from(text.slice(1), "latin1"), "p.csv")).toEqual(one("a.zip", "schlüssel"));
  });

  it("may be one password a line, commas in them included", () => {
    const passwords = read("first\r\nsec,ond\n\n third \n", "words.txt").map(({ archive, password }) => {
      expect(archive).toBeUndefined();
      return password;
    });
    expect(passwords).toEqual(["first", "sec,ond", " third "]);
  });

  it.each([
    ["an empty file name", "File Name,Zip Password\na.zip,k\n,other\n", "Line 3"],
    ["a repeated file name, case aside", "File Name,Zip Password\na.zip,k\nb.zip,k\nA.ZIP,l\n", "Line 4"],
    ["the line of a row after one with a line end in quotes", 'File Name,Zip Password\n"a\nb.zip",k\n,l\n', "Line 4"],
    ["no password", "File Name,Zip Password\na.zip,\n", "Line 2"],
    ["a quote that is never closed", 'File Name,Zip Password\na.zip,k\nb.zip,"l\n', "Line 3"],
  ])("refuses %s with its line", (_what, text, line) => {
    const fault = faultOf(() => read(text));
    expect(fault).toMatchObject({ code: "format.unfit", message: expect.stringContaining(line) });
    expect(`${fault?.message} ${fault?.next}`).not.toMatch(/\b[kl]\b/);
  });

  it("is known by both its columns", () => {
    expect(isPasswordTable(Buffer.from("File Name,Note,Zip Password\n"))).toBe(true);
    expect(isPasswordTable(Buffer.from('"Zip Password";"File Name"\r\n'))).toBe(true);
    expect(isPasswordTable(Buffer.from("File Name,Size\n"))).toBe(false);
    expect(isPasswordTable(Buffer.from("type=SYSCALL msg=audit(1.2:3): a=b, c\n"))).toBe(false);
    expect(isPasswordTable(new Uint8Array())).toBe(false);
  });

  it("gives back whatever names and passwords were written as RFC 4180 says", () => {
    const cell = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const rows = fc.uniqueArray(fc.tuple(cell, cell), {
      selector: ([name]) => name.trim().normalize("NFC").toLowerCase().split(/[/\\]/).at(-1),
    });
    fc.assert(
      fc.property(rows, (given) => {
        const named = given.filter(([name]) => name.trim() !== "");
        const text = ["File Name,Zip Password", ...named.map((row) => row.map(quoted).join(","))].join("\r\n");
        expect(read(text)).toEqual(named.map(([archive, password]) => ({ archive: archive.trim(), password })));
      }),
    );
  });
});

describe("passwords", () => {
  it("tries those of the archive's own name first, and then all others", () => {
    const passwords = new Passwords();
    passwords.add("any");
    passwords.take(read("File Name,Zip Password\nA.zip,for a\nb.zip,for b\n"));
    expect(passwords.for("deep/b.ZIP")).toEqual(["for b", "any", "for a"]);
    expect(passwords.for("c.zip")).toEqual(["any", "for a", "for b"]);
    expect([passwords.isNamed("x/a.zip"), passwords.isNamed("c.zip")]).toEqual([true, false]);
  });

  it("tells which named archives are not at hand", () => {
    const entries = read("File Name,Zip Password\na.zip,1\nb.zip,2\nC:\\cases\\c.zip,3\n");
    expect(missingArchives(entries, ["sub/A.zip", "c.zip"])).toEqual(["b.zip"]);
  });
});

function faultOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
    throw error;
  }
  return undefined;
}
