import PipelineCore

extension Story {
  /// At most this many lines are told, of the beginning and of the end.
  private static let longest = 150

  private static func text(_ lines: ArraySlice<Line>) -> String {
    lines.map { "  \($0)" }.joined(separator: "\n")
  }

  /// The lines about a partition, those about the nodes that held it, and those about nobody in
  /// particular; without a partition, the last lines.
  func told(about partition: UInt32?) -> String {
    let chosen: [Line]
    if let partition {
      var holders: [NodeID] = []
      for line in lines where line.partition == partition {
        if let node = line.node?.node, !holders.contains(node) { holders.append(node) }
      }
      chosen = lines.filter { line in
        if let about = line.partition { return about == partition }
        return line.node.map { holders.contains($0.node) || $0.node.rawValue <= 3 } ?? true
      }
    } else {
      chosen = lines.filter { $0.partition == nil }
    }
    guard chosen.count > Self.longest else { return Self.text(chosen[...]) }
    let half = Self.longest / 2
    return Self.text(chosen.prefix(half)) + "\n  … \(chosen.count - Self.longest) lines …\n"
      + Self.text(chosen.suffix(half))
  }
}

extension Story.Line: CustomStringConvertible {
  /// For example `1204.250 ms: sent p7 to node 4/1a2b (attempt 2)`.
  var description: String {
    let microseconds = time / 1000
    let fraction = String(microseconds % 1000)
    var text =
      "\(microseconds / 1000).\(String(repeating: "0", count: 3 - fraction.utf8.count))\(fraction) ms: "
    text += "\(what)"
    if let partition { text += " p\(partition)" }
    if let node {
      text += " node \(node.node.rawValue)/\(String(node.incarnation.rawValue, radix: 16))"
    }
    if number != 0 { text += " (\(number))" }
    return text
  }
}
