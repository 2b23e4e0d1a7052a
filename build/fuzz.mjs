import "../test/fuzz/main.ts";
