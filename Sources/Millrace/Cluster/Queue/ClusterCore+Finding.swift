extension ClusterCore {
  /// One run.
  ///
  /// - Parameter text: an id, the beginning of one, the beginning of its name part, its last four
  ///   characters, the hexadecimal digits that the nodes' logs have for it, or `last` for the newest.
  /// - Throws: ``ClusterError`` when it is none, or could be several.
  func find(_ text: String) throws(ClusterError) -> ClusterRun {
    guard let newest = runs.last else {
      throw ClusterError("there are no runs yet; submit one with millrace submit FILE")
    }
    if text == "last" { return newest }
    if let run = runs.first(where: { $0.id == text }) { return run }
    if (8...16).contains(text.utf8.count), let number = UInt64(text, radix: 16),
      let run = runs.first(where: { $0.number == number })
    {
      return run
    }
    let matches = runs.filter { Self.matches($0.id, text) }
    guard let match = matches.first else {
      throw ClusterError(
        "no run is called \"\(text)\"; millrace status lists them, the newest is \(newest.id)")
    }
    guard matches.count == 1 else {
      let shown = matches.prefix(5).map(\.id).joined(separator: ", ")
      let more = matches.count > 5 ? " and \(matches.count - 5) more" : ""
      throw ClusterError(
        "\"\(text)\" could be \(matches.count) runs: \(shown)\(more); give more of the name")
    }
    return match
  }

  private static func matches(_ id: String, _ text: String) -> Bool {
    guard !text.isEmpty else { return false }
    // After the date and the time comes the name.
    return id.hasPrefix(text) || id.dropFirst(16).hasPrefix(text) || id.hasSuffix("-" + text)
  }
}
