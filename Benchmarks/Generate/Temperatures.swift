/// Lines `station;temperature` of 413 stations.
enum Temperatures {
  /// Station names of 4 to 12 letters, each with its own mean temperature in tenths of a degree.
  private static func makeStations() -> [(name: [UInt8], mean: Int)] {
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

  /// Writes `rows` lines.
  static func write(rows: Int, seed: UInt64, to output: inout StandardOutput) {
    let stations = makeStations()
    var random = SplitMix64(state: seed)
    for _ in 0..<rows {
      output.makeRoom()
      let station = stations[Int(random.next(below: 413))]
      // The sum of four uniform numbers: near enough to a bell.
      let spread = (0..<4).reduce(0) { sum, _ in sum + Int(random.next(below: 101)) } - 200
      let tenths = station.mean + spread
      output.append(station.name)
      output.append(tenths < 0 ? ";-" : ";")
      output.append(UInt64(tenths.magnitude / 10))
      output.append(UInt8(ascii: "."))
      output.append(UInt64(tenths.magnitude % 10))
      output.append(UInt8(ascii: "\n"))
    }
  }
}
