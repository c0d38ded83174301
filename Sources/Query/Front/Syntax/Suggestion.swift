/// Finds the name that was probably meant.
enum Suggestion {
  /// The name closest to `name`, when it is close enough to be meant; the first of equals.
  static func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
    var best: (name: String, distance: Int)?
    let limit = max(1, name.utf8.count / 3)
    for candidate in candidates {
      let distance = distance(Array(name.utf8), Array(candidate.utf8), limit: limit)
      if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Insertions, deletions, replacements and swaps of neighbours that lead from `from` to `to`
  /// (optimal string alignment), or more than `limit`.
  private static func distance(_ from: [UInt8], _ to: [UInt8], limit: Int) -> Int {
    if abs(from.count - to.count) > limit { return limit + 1 }
    var beforePrevious: [Int] = []
    var previous = Array(0...to.count)
    for row in 0..<from.count {
      var current = [row + 1]
      for column in 0..<to.count {
        let replaced = previous[column] + (from[row] == to[column] ? 0 : 1)
        var least = min(replaced, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
          least = min(least, beforePrevious[column - 1] + 1)
        }
        current.append(least)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[to.count]
  }
}
