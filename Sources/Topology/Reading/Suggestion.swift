/// Finds the name that was probably meant.
enum Suggestion {
  /// The name nearest to `word`, or `nil` when none is near enough to have been meant.
  static func nearest(to word: String, among names: [String]) -> String? {
    let wanted = fold(word)
    guard wanted.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for name in names {
      let candidate = fold(name)
      let distance = distance(wanted, candidate)
      guard distance <= max(1, max(wanted.count, candidate.count) / 3) else { continue }
      if distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }

  /// `; did you mean 'name'?` for a near name, otherwise the names that there are.
  static func hint(for word: String, among names: [String], kind: String) -> String {
    if let name = nearest(to: word, among: names) { return "; did you mean '\(name)'?" }
    return "; \(kind): \(names.joined(separator: ", "))"
  }

  private static func fold(_ word: String) -> [Character] {
    word.lowercased().map { $0 == "-" ? "_" : $0 }
  }

  /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours count 1
  /// each (Damerau, "A technique for computer detection and correction of spelling errors", 1964).
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for i in first.indices {
      var row = [i + 1]
      for j in second.indices {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (first[i] == second[j] ? 0 : 1))
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[second.count]
  }
}
