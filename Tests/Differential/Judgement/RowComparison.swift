/// Compares rows.
///
/// Doubles are equal when they print the same. Only where a query adds doubles up, which depends on
/// the order of rows, they may differ by ``tolerance``, relative to the larger one.
struct RowComparison {
  /// How much sums, means and spreads of doubles may differ.
  static let tolerance = 1e-9

  let types: [String]
  let toleratesRounding: Bool
  /// Whether 0 and -0, and 1.0 and 1.00, are the same: which one stands for a group is not said.
  let ignoresRepresentation: Bool

  /// The first rows that differ when both are brought into the same order.
  func firstDifference(
    _ ours: [[String?]], _ theirs: [[String?]]
  ) -> (ours: [String?], theirs: [String?])? {
    let ours = sorted(ours)
    let theirs = sorted(theirs)
    return zip(ours, theirs).first { !isSame($0, $1, asGroup: ignoresRepresentation) }
  }

  /// The first rows that differ in the order that they have.
  func firstDisorder(
    _ ours: [[String?]], _ theirs: [[String?]]
  ) -> (ours: [String?], theirs: [String?])? {
    zip(ours, theirs).first { !isSame($0, $1, asGroup: true) }
  }

  private func isSame(_ ours: [String?], _ theirs: [String?], asGroup: Bool) -> Bool {
    zip(zip(ours, theirs), types).allSatisfy { values, type in
      let (ours, theirs) = values
      if ours == theirs, ours?.utf8.count == theirs?.utf8.count { return true }
      guard let ours, let theirs else { return false }
      if asGroup, plain(ours, type) == plain(theirs, type) { return true }
      guard toleratesRounding, type == "double precision", let first = Double(ours),
        let second = Double(theirs)
      else { return false }
      return abs(first - second) <= Self.tolerance * max(abs(first), abs(second))
    }
  }

  /// Orders rows by what is exact first, so that a little rounding does not part what belongs
  /// together.
  private func sorted(_ rows: [[String?]]) -> [[String?]] {
    rows.map { row in (row: row, key: key(row)) }.sorted { left, right in
      for (first, second) in zip(left.key.exact, right.key.exact) where first != second {
        return first < second
      }
      for (first, second) in zip(left.key.doubles, right.key.doubles) where first != second {
        return first < second
      }
      for (first, second) in zip(left.row, right.row) where first != second {
        return (first ?? "") < (second ?? "")
      }
      return false
    }.map(\.row)
  }

  private func key(_ row: [String?]) -> (exact: [String], doubles: [Double]) {
    var exact: [String] = []
    var doubles: [Double] = []
    for (value, type) in zip(row, types) {
      guard type == "double precision", let number = value.flatMap(Double.init), !number.isNaN
      else {
        exact.append(value.map { "=" + plain($0, type) } ?? "")
        continue
      }
      // Rounded, so that neighbours sort by the columns after.
      exact.append("#")
      doubles.append(number)
    }
    return (exact, doubles)
  }

  private func plain(_ value: String, _ type: String) -> String {
    switch type {
    case "double precision": return value == "-0" ? "0" : value
    case "numeric":
      guard value.contains(".") else { return value }
      var digits = value[...]
      while digits.last == "0" { digits.removeLast() }
      if digits.last == "." { digits.removeLast() }
      return digits == "-0" ? "0" : String(digits)
    default: return value
    }
  }
}
