// Writes `station;temperature` lines to standard output: the same bytes for the same seed.
//
//   millrace-generate ROWS [SEED]

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in `0 ..< bound`.
  mutating func next(below bound: UInt64) -> UInt64 {
    next().multipliedFullWidth(by: bound).high
  }
}

/// 413 station names of 4 to 12 letters, each with its own mean temperature in tenths of a degree.
func makeStations() -> [(name: [UInt8], mean: Int)] {
  let syllables = "ber lin os lo ka ra chi mon te vi deo sa po".split(separator: " ")
  var random = SplitMix64(state: 413)
  var names: Set<String> = []
  var stations: [(name: [UInt8], mean: Int)] = []
  while stations.count < 413 {
    var name = ""
    for _ in 0..<(2 + random.next(below: 3)) {
      name += syllables[Int(random.next(below: UInt64(syllables.count)))]
    }
    guard names.insert(name).inserted else { continue }
    let capital = name.prefix(1).uppercased() + name.dropFirst()
    stations.append((Array(capital.utf8), Int(random.next(below: 500)) - 150))
  }
  return stations
}

/// Appends tenths of a degree as `-12.3`.
func append(_ tenths: Int, to buffer: inout [UInt8]) {
  if tenths < 0 { buffer.append(UInt8(ascii: "-")) }
  let magnitude = abs(tenths)
  if magnitude >= 100 { buffer.append(UInt8(48 + magnitude / 100)) }
  buffer.append(UInt8(48 + magnitude / 10 % 10))
  buffer.append(UInt8(ascii: "."))
  buffer.append(UInt8(48 + magnitude % 10))
}

func writeAll(_ buffer: [UInt8]) {
  buffer.withUnsafeBytes { bytes in
    var done = 0
    while done < bytes.count {
      let count = write(STDOUT_FILENO, bytes.baseAddress! + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        perror("millrace-generate: write")
        exit(1)
      }
      done += count
    }
  }
}

/// Writes the lines.
func generate(rows: Int, seed: UInt64) {
  let stations = makeStations()
  var random = SplitMix64(state: seed)
  var buffer: [UInt8] = []
  buffer.reserveCapacity(1 << 20)
  for _ in 0..<rows {
    let station = stations[Int(random.next(below: 413))]
    // The sum of four uniform numbers: near enough to a bell.
    let spread = (0..<4).reduce(0) { sum, _ in sum + Int(random.next(below: 101)) } - 200
    buffer.append(contentsOf: station.name)
    buffer.append(UInt8(ascii: ";"))
    append(station.mean + spread, to: &buffer)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count > (1 << 20) - 64 {
      writeAll(buffer)
      buffer.removeAll(keepingCapacity: true)
    }
  }
  writeAll(buffer)
}

let arguments = CommandLine.arguments
guard arguments.count >= 2, let rows = Int(arguments[1]), rows >= 0,
  let seed = arguments.count > 2 ? UInt64(arguments[2]) : 1
else {
  let usage = Array("usage: millrace-generate ROWS [SEED]\n".utf8)
  _ = usage.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  exit(64)
}
generate(rows: rows, seed: seed)
