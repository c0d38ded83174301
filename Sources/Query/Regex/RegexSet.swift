/// A set of characters, as ascending ranges of scalars that neither touch nor overlap.
struct RegexSet: Equatable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>]

  static let empty = RegexSet(ranges: [])
  /// Every character.
  static let all = RegexSet(ranges: [0...0x10_FFFF])
  static let newline = RegexSet(0x0A...0x0A)

  init(_ range: ClosedRange<UInt32>) { ranges = [range] }

  private init(ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

  /// The union of ranges in any order.
  init(union unordered: [ClosedRange<UInt32>]) {
    ranges = []
    for range in unordered.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = ranges.last, range.lowerBound <= last.upperBound &+ 1 {
        ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
  }

  /// All other characters.
  var complement: RegexSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10_FFFF { result.append(next...0x10_FFFF) }
    return RegexSet(ranges: result)
  }

  func union(_ other: RegexSet) -> RegexSet { RegexSet(union: ranges + other.ranges) }

  func subtracting(_ other: RegexSet) -> RegexSet { complement.union(other).complement }

  func isSubset(of other: RegexSet) -> Bool { subtracting(other).ranges.isEmpty }

  func isDisjoint(with other: RegexSet) -> Bool { isSubset(of: other.complement) }

  func contains(_ value: UInt32) -> Bool { ranges.contains { $0.contains(value) } }

  /// The only character in it, or `nil` when there are more or none.
  var single: UInt32? {
    guard ranges.count == 1, ranges[0].count == 1 else { return nil }
    return ranges[0].lowerBound
  }

  /// The set with each letter's other case.
  var withBothCases: RegexSet {
    var added: [ClosedRange<UInt32>] = []
    for range in ranges where range.lowerBound <= Self.lastWithCase {
      for value in range.lowerBound...min(range.upperBound, Self.lastWithCase) {
        guard let scalar = Unicode.Scalar(value) else { continue }
        for other in [TextCase.lowercase(scalar), TextCase.uppercase(scalar)]
        where other != scalar {
          added.append(other.value...other.value)
        }
      }
    }
    return added.isEmpty ? self : RegexSet(union: ranges + added)
  }

  /// No letter above it comes in two cases.
  private static let lastWithCase: UInt32 = 0x1_E943
}
