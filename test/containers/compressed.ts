/**
 * Files that the machine's own compressors made (bzip2 1.0.8, xz 5.4): Node has neither, and a clone needs no such program.
 */
import { createHash } from "node:crypto";

export const LINES = Array.from({ length: 120 }, (_, at) => `line ${at} of a log, ${(at * 7919) % 101}\n`).join("");
/** Of more than one block, with a run that is longer than any count. */
export const LONG = `${"0123456789 and so on\n".repeat(12_000)}${"a".repeat(1000)}\n`;
/** Nothing that a compressor can do anything with. */
export const NOISE = Buffer.concat(
  Array.from({ length: 10 }, (_, at) => createHash("sha256").update(String(at)).digest()),
).toString("latin1");

export const bzip2Lines = base64(
  "QlpoOTFBWSZTWRM1+aMAA77ZAAAQQAR/4COlwAJTg4wMKBpoZGTEGiNMelVTRiGIUnnmpJ6mo0ASeqqgH6oaBtSqPji7i1DyZX6+EIKpUqqBAh" +
    "AvCBCpEiECEYIR1COCECEbJq6gRyTly5y56ueFy5y5830BaNoAAAEBAQQQAAAQEBAEAAAQBAQEAAAABAQEEEAAD7qmZ9RETM7273Gcc9JJKEtt" +
    "voAN5qqrINJU3oDVABgAASSXHCSpvQAIPDaSSpt6AAAzVVWaBpLuIiZnvHGotF3fNnfYPNBylG7S5zxl62+VZwvNGLJhRMxCmYmZlTMTMzEzM9" +
    "PV2/ezdF2zfN6+PkRC2T3cfjGVPfaGaMcKFtFvcs14PNvg2O4iE73fevMxnJq7w3W1kKFczObZrYzlXo9sZEQsXNozN0Wd9mvWcfEoV8mcrfPB" +
    "1e99eaDHEQpvkzm2a3vfNu+Zo7hbVd6tt1Vbbqrbd6tt5VbbqrbKtt41bb/F3JFOFCQEzX5owA==",
);
/** `bzip2 -1` */
export const bzip2Long = base64(
  "QlpoMTFBWSZTWUyFFV8ALn5ZgAAQQAB/4CQBiAAwANgFDTTAAUNNMAAUqoYTBlGIokdxRIzFEjMUSNIokbRRI3iiR9iiRxFEjmKJHUUSO4okeR" +
    "RIxFEjEUSMRRI8iiRmKJH6KJGiKJH8xQVkmU1lMhRVfAC5+WYAAEEAAf+AkAYgAMADYBQ00wAFDTTAAFKqGEwZRiKJHcUSMxRIzFEjSKJG0USN" +
    "4okfYokcRRI5iiR1FEjuKJHkUSMRRIxFEjEUSPIokZiiR+iiRoiiR/MUFZJlNZAhT96QATXNmBgBBAAH/gJAGIAACAAAgwANGopkxMgyME1VE0" +
    "0aHoTApVRk0wmCb/xCRWISK5hIrmEivMJFeoSK9wkVtCRXyEivsJFfoSKxCRW8Eo5VJR/tex2qSj0dKklcQkVnCRXUJFaUJB7PBdyRThQkKkKg" +
    "ioA=",
);
export const bzip2Empty = base64("QlpoORdyRThQkAAAAAA=");
export const bzip2Noise = base64(
  "QlpoOTFBWSZTWZKVUuQAADr///rfOe/3r/5w0+m2+/e/uf9r3+Uenx7XmfvT/Pvv/8GOsAD7MEDQAaANAGgA0AZNGhoyGgDTaho0ANANAAaaBk" +
    "0APSaAeoaaaHqPUYjCflGogyaaG1GjQYQAaAYmmTRkMhoDEAAGJghmoNNqaaNABpoeiAY1MjQGmgBoAOQAGho0DTQ0ZGjTQDEyGJkaMIYgyNAa" +
    "AAADEMmJiA0MagxHpAMmJiNNHX9V7KOx8SeuIABjdMSlc6JIjU6D1cxPJfimN7dYGGspAMb+mLVHLq/jt9qsEFrVysWgX3SEVf4zRN5GWIdmIr" +
    "F/yjpmONGxelnz/JKpAiAQerl4S8BEhsggTOs1TKrEsc3GzD9WCyu7wg7NTtAPljAOs0Yw41qh3y9E275J2wBPjfbN1Dd+g0vsVOyHXq1KIqt7" +
    "4NYK2KtBGFwcSmHjrdzL3QMSGhC6EXMDBuT38WIGHU3tLPR7Yv2nAKFQBvIY+4JgE78QQW9EEavPgKNMRjWBNjg082JG9jS4mbrqHhBjeB6mZo" +
    "dmwb0SsQUSZUbqFE1b2ZbgvPxIzCjW/JJ4oGf1jTJYCtTKuUPw4wguEAqUBIUjcuZjnLVzBE/3ImR/4u5IpwoSElKqXIA=",
);
export const xzLines = base64(
  "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AnUAYJdADYaSh8IoCYDTQad7+2KpwcBiu6pFiIWLQkH3VHhYwJeoOuudOLNL1x0a0Jzlm+ZQwmUEr" +
    "kUV4HJ9TdP8pnGK0DPygcedOQ0Dx/eZDnSRctGvaY1DifMHbJiUMdwVgZnfMIHtuo6mxM8OVKPNK4Yms8SVH4ihFfbLMZPvM85wW2NDycvl8T7" +
    "VVP+hRK+5Y2D1WrjDs5I3zc+UyG/ZJ68Gvmijfrvvd0wh7En/wnskfau0eriHGXZQ937puHw73SxkQyKAvFJCm3HYFKa9q6uDg3JRKF5TtsO9I" +
    "kzmYgX/dgZ0ufh2giTBUjiP1bl7QefvbxyFguHFeC6n97YPxcLCfhj3a24mgfqGW0lJHAdgSzoC6rOdGTh3K+seDRx2taW5z8rRMiZfeuE6DTK" +
    "BkwwcA+VBzExWOZZbGg4LzNVlgKoHFwGV4chMmJvnrT13b+gm+OQd6n8UO8O57astURrzKjtYYIMy6ZkQaErfppasryalmZgwSe9jgSiUlr0SH" +
    "BoJ3YAAAAAlEm/BJFlSbAAAZ4D1RMAALyNc6yxxGf7AgAAAAAEWVo=",
);
/** `xz -Ccrc32` */
export const xzCrc32 = base64(
  "/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4AnUAYJdADYaSh8IoCYDTQad7+2KpwcBiu6pFiIWLQkH3VHhYwJeoOuudOLNL1x0a0Jzlm+ZQwmUEr" +
    "kUV4HJ9TdP8pnGK0DPygcedOQ0Dx/eZDnSRctGvaY1DifMHbJiUMdwVgZnfMIHtuo6mxM8OVKPNK4Yms8SVH4ihFfbLMZPvM85wW2NDycvl8T7" +
    "VVP+hRK+5Y2D1WrjDs5I3zc+UyG/ZJ68Gvmijfrvvd0wh7En/wnskfau0eriHGXZQ937puHw73SxkQyKAvFJCm3HYFKa9q6uDg3JRKF5TtsO9I" +
    "kzmYgX/dgZ0ufh2giTBUjiP1bl7QefvbxyFguHFeC6n97YPxcLCfhj3a24mgfqGW0lJHAdgSzoC6rOdGTh3K+seDRx2taW5z8rRMiZfeuE6DTK" +
    "BkwwcA+VBzExWOZZbGg4LzNVlgKoHFwGV4chMmJvnrT13b+gm+OQd6n8UO8O57astURrzKjtYYIMy6ZkQaErfppasryalmZgwSe9jgSiUlr0SH" +
    "BoJ3YAAAAAvs8jbQABmgPVEwAAqs/iNz4wDYsCAAAAAAFZWg==",
);
/** `xz -Csha256` */
export const xzSha256 = base64(
  "/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4AnUAYJdADYaSh8IoCYDTQad7+2KpwcBiu6pFiIWLQkH3VHhYwJeoOuudOLNL1x0a0Jzlm+ZQwmUEr" +
    "kUV4HJ9TdP8pnGK0DPygcedOQ0Dx/eZDnSRctGvaY1DifMHbJiUMdwVgZnfMIHtuo6mxM8OVKPNK4Yms8SVH4ihFfbLMZPvM85wW2NDycvl8T7" +
    "VVP+hRK+5Y2D1WrjDs5I3zc+UyG/ZJ68Gvmijfrvvd0wh7En/wnskfau0eriHGXZQ937puHw73SxkQyKAvFJCm3HYFKa9q6uDg3JRKF5TtsO9I" +
    "kzmYgX/dgZ0ufh2giTBUjiP1bl7QefvbxyFguHFeC6n97YPxcLCfhj3a24mgfqGW0lJHAdgSzoC6rOdGTh3K+seDRx2taW5z8rRMiZfeuE6DTK" +
    "BkwwcA+VBzExWOZZbGg4LzNVlgKoHFwGV4chMmJvnrT13b+gm+OQd6n8UO8O57astURrzKjtYYIMy6ZkQaErfppasryalmZgwSe9jgSiUlr0SH" +
    "BoJ3YAAAAAyhSUyYU8E5UrUpgw0RtI+GCGWqG7IXVGQhsquiTgYrAAAbYD1RMAAOcKjEe26d8cAgAAAAAKWVo=",
);
/** `xz -Cnone --lzma2=preset=0,lc=0,lp=4,pb=4` */
export const xzUnchecked = base64(
  "/Td6WFoAAAD/EtlBAgAhAQwAAACPmEGc4AnUAeHYADYaScZRAMBAbzMIDCIDYbzOLIRotHECIZqkVniMpoYej4J1cJSjxjy6icAIjOGK+O0aht" +
    "ParW25QJfWQL9lF8gRrO55dDrCsUe4X2Ol7xnBaFvwyGuovlAtUSZ+0rDke5BK0C/BPtXXCsKLyVpKvA9GE+bmKo5NU+fPmKWtCc1JyO6Kva28" +
    "2ULffehFbdD+X187dWRf4iWMU1DlxoC2nwJrcy0wjNJVBi1frUrJ57YZjWSBTRKGvHtK1MG7eVx5XsCLfSWYU0E9WfWfpTIVNRu8aPrNDpQotR" +
    "mI5IsD3A7L7NOTNINuu8gPjoirWDHJGlfkTuSPmBeZZzBUd/ddkpsF0DUs+4W+CUZyAqN0KPewNd8WK7NmmUI2hEhaCMrpvIWwNb5+QB54xydC" +
    "QhjbVUh+byW6cYoPDAklE7iNPhLmtQvIlO0sQxaWoMvMVTAxRoFZ2qFZ3BbXi8p7cGSrQYsQnQRfCbWhwkx3/v2cMX2/pvLZmH1JQLZmKwj7ir" +
    "2tCuoT+36BqUacnnByOjiopGenGxS6upiVYlnwflTeTihPH0ho2yNu/VlpHu8aqF6Vy7zOEQs06AtC0G89WXYrHyAyetM12c6BnPtuPko6STSD" +
    "z5sEqOdl3AIYtAnW1n51kQAAAAAAAAH1A9UTAAAlckDOqAAK/AIAAAAAAFla",
);
/** `xz -0 --block-size=100000` */
export const xzLong = base64(
  "/Td6WFoAAATm1rRGAgAhAQwAAACPmEGc4YafAGpdABgMQpJqZ7wO0TMqGps2vAslABUBzp8DgRWEIbEGUp6ysYEE2AT8w23dRufpdsLQE3ip+Q" +
    "Kv5PIeb5InpkxMouIceVYYiP5dKMvgqzaLYHSDByy0C+BiPx4+xMQ0pXx9vxU91WTobnRJrQAAAAC5BsP0Pemx8QIAIQEMAAAAj5hBnOGGnwBq" +
    "XQA3AoIBkO1U0UL2lo3+Z7TKvqeZo62zMM03Yw8PC/XWHKJFIHP1pgneS1e5R+2xROGGPayhrkpDcfIzFpXHHM92qsCiyDdxfUIcX01budpG0c" +
    "F5QeSghr3FQ7vfYyGIyencyQAk4R31S3EAAAAADZ+tQNZl5ucCACEBDAAAAI+YQZzgzwgAZl0AEBvJwKF9sqL8VFgvD1I44OjceuzCTpTOzgDI" +
    "vWKVzXggnuomTvS8VwJb9GfdoZjXSB8FXa57HdYEeE8dBL5R3Qd8zGY+t3M0sPy735dmrP2VDN+jV4DNE0OIskY/dSVhyTs7tMAAAAAAyUFNt7" +
    "NLQ9sAA4YBoI0GhgGgjQaCAYmeAwAAAKHeWHIJ9GLmBQAAAAAEWVo=",
);
export const xzEmpty = base64("/Td6WFoAAATm1rRGAAAAABzfRCEftvN9AQAAAAAEWVo=");
export const xzNoise = base64(
  "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQE/X+zrZv/IbzjZUnhsbWlsecLbwjndTpG0ZynXOif7V+lrhrJz/zT84Z1rgE7/Wj9XR62k6qIvHU" +
    "nAHlLdt4dbS9RzXjomXhbu4D9ZcYubXQMBnAfYtsUfkNo6Zm7sE6s1TgdAhWK+24tgzgXB3s/jrRa3IjCWfeAfZAt+Rym0n85LInd31N0fxhxv" +
    "iE9IZB0CtNEh0/0yjLCLVTH8rNq/iu8tEn3je5QrqtBhReVLDGGaHyIyey67z77Hj1Vkr+Od5/bAEXdujbfNMwtUF0/Xb30CFrYSOHpf/PuB5v" +
    "CRloN5Ammb5CyKjkb7u0UBcmUX6GsixWoYn3YlptpJCBskUSxiQjLN0iF3EpTfuzEKygAKDfasi2a2ltkO8G/e+2SjGVgeJ9587QD/HOULIEfn" +
    "pWfHaxy666vl7wP3wwF7tbcAZvb6ODl8p28AAdgCwAIAAJcjMTKxxGf7AgAAAAAEWVo=",
);
/** `xz --x86 --lzma2` */
export const xzFilter = base64(
  "/Td6WFoAAATm1rRGAgEEACEBFgANhjUfAQE/X+zrZv/IbzjZUnhsbWlsecLbwjndTpG0ZynXOif7V+lrhrJz/zT84Z1rgE7/Wj9XR62k6qIvHU" +
    "nAHlLdt4dbS9RzXjomXhbu4D9ZcYubXQMBnAfYtsUfkNo6Zm7sE6s1TgdAhWK+24tgzgXB3s/jrRa3IjCWfeAfZAt+Rym0n85LInd31N0fxhxv" +
    "iE9IZB0CtNEh0/0yjLCLVTH8rNq/iu8tEn3je5QrqtBhReVLDGGaHyIyey67z77Hj1Vkr+Od5/bAEXdujbfNMwtUF0/Xb30CFrYSOHpf/PuB5v" +
    "CRloN5Ammb5CyKjkb7u0UBcmUX6GsixWoYn3YlptpJCBskUSxiQjLN0iF3EpTfuzEKygAKDfasi2a2ltkO8G/e+2SjGVgeJ9587QD/HOULIEfn" +
    "pWfHaxy666vl7wP3wwF7tbcAZvb6ODl8p28AAdgCwAIAAJcjMTKxxGf7AgAAAAAEWVo=",
);

function base64(text: string): Buffer {
  return Buffer.from(text, "base64");
}
