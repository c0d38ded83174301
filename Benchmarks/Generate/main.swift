// Writes data to measure with to standard output: the same bytes for the same seed, on every machine.
//
//   millrace-generate temperatures ROWS [SEED]
//   millrace-generate groups ROWS [SEED]
//   millrace-generate objects ROWS [SEED]
//   millrace-generate words BYTES [SEED]

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

let arguments = CommandLine.arguments
var output = StandardOutput()
guard arguments.count == 3 || arguments.count == 4,
  let count = Int(arguments[2]), count >= 0,
  let seed = arguments.count == 4 ? UInt64(arguments[3]) : 1
else { endWithUsage() }
switch arguments[1] {
case "temperatures": Temperatures.write(rows: count, seed: seed, to: &output)
case "groups": GroupRows.write(rows: count, seed: seed, as: .csv, to: &output)
case "objects": GroupRows.write(rows: count, seed: seed, as: .jsonLines, to: &output)
case "words": WordText.write(bytes: count, seed: seed, to: &output)
default: endWithUsage()
}
output.flush()

func endWithUsage() -> Never {
  let usage = Array(
    "usage: millrace-generate temperatures|groups|objects|words COUNT [SEED]\n".utf8)
  _ = usage.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  exit(64)
}
