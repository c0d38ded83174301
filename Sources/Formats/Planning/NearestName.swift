/// Finds the name that was probably meant.
enum NearestName {
  /// The first of `names` with the least edit distance to `name`, if that is at most a third of its
  /// length and one more, letter case aside.
  static func find(_ name: String, in names: [String]) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in names {
      let distance = distance(wanted, Array(candidate.lowercased().unicodeScalars))
      if distance < best?.distance ?? (wanted.count / 3 + 2) { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Levenshtein's distance, a row at a time (Wagner and Fischer, 1974).
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for (index, scalar) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in 1..<max(row.count, 1) {
        let replaced = diagonal + (scalar == right[column - 1] ? 0 : 1)
        diagonal = row[column]
        row[column] = min(replaced, row[column] + 1, row[column - 1] + 1)
      }
    }
    return row[right.count]
  }
}
