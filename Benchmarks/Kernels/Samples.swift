import Columnar

/// Made-up values that are the same in every run: value *n* of a stream is a hash of both.
struct Samples {
  /// Rows of most kernels.
  static let rows = 1 << 19
  /// Names of 4 to 14 letters.
  static let stations: [String] = {
    let syllables = "ber lin os lo ka ra chi mon te vi deo sa po".split(separator: " ")
    let names = Samples(stream: 0)
    return (0..<413).map { station in
      let count = 2 + names.number(station, below: 3)
      let name = (0..<count).map { part in
        syllables[names.number(station * 8 + part + 1000, below: syllables.count)]
      }
      return name.joined().capitalizedFirst + (station < 100 ? "" : String(station % 10))
    }
  }()

  /// Tells values of different columns apart.
  let stream: UInt64

  /// Value `index`, in `0 ..< bound`.
  func number(_ index: Int, below bound: Int) -> Int {
    let hash = ValueHash.bits(stream << 40 | UInt64(index))
    return Int(hash.multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Value `index`, a temperature like `-12.3`.
  func temperature(_ index: Int) -> String {
    let tenths = number(index, below: 700) - 250
    return (tenths < 0 ? "-" : "") + "\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }

  /// Value `index`, one of ``stations``.
  func station(_ index: Int) -> String { Self.stations[number(index, below: Self.stations.count)] }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
