// The blob service of Azurite, for as long as somebody holds the other end of standard input: a test run that is killed leaves no emulator behind.
process.stdin.resume();
process.stdin.on("end", () => process.exit());
process.stdin.on("error", () => process.exit());
require("azurite/dist/src/blob/main.js");
