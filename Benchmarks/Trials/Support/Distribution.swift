import Foundation

/// Times in milliseconds, for people.
struct Distribution {
  private let sorted: [Double]

  /// A distribution of at least one value.
  init(milliseconds: [Double]) {
    precondition(!milliseconds.isEmpty)
    sorted = milliseconds.sorted()
  }

  /// The value below or at which this share of all values lies.
  func quantile(_ share: Double) -> Double {
    sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
  }

  /// The least, middle and greatest values.
  var summary: String {
    let values = [
      ("min", sorted[0]), ("median", quantile(0.5)), ("p90", quantile(0.9)),
      ("max", sorted[sorted.count - 1]),
    ]
    return values.map { "\($0.0) \(Self.text($0.1)) ms" }.joined(separator: "   ")
  }

  /// Ten classes of equal width, a line each.
  var histogram: String {
    let least = sorted[0]
    let width = max((sorted[sorted.count - 1] - least) / 10, 0.01)
    var counts = [Int](repeating: 0, count: 10)
    for value in sorted { counts[min(9, Int((value - least) / width))] += 1 }
    let most = max(1, counts.max() ?? 1)
    return counts.enumerated().map { index, count in
      let from = Self.padded(Self.text(least + Double(index) * width), 9)
      let bar = String(repeating: "#", count: (count * 40 + most - 1) / most)
      return "  \(from) ms  \(Self.padded("\(count)", 4))  \(bar)"
    }.joined(separator: "\n")
  }

  private static func text(_ value: Double) -> String { String(format: "%.1f", value) }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
