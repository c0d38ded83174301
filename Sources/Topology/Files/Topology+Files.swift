extension Topology {
  /// The files that the source reads: patterns in the order given, the files of each sorted by their
  /// bytes, none twice. Empty for a source that reads no files.
  ///
  /// - Throws: all patterns that name no file, or one that cannot be read, with their places.
  package func resolveFiles() throws(TopologyErrors) -> [String] {
    guard case .files(let source) = source else { return [] }
    return try Self.files(of: source)
  }

  /// The file of a table.
  ///
  /// - Throws: that the path names no file, several, or one that cannot be read.
  package func resolveFile(of table: Table) throws(TopologyErrors) -> String {
    let files = try Self.files(of: table.source)
    guard files.count == 1, let file = files.first else {
      throw TopologyErrors(
        "a table is one file, and '\(table.source.patterns[0].text)' names \(files.count)",
        at: table.source.patterns[0].position)
    }
    return file
  }

  private static func files(of source: FileSource) throws(TopologyErrors) -> [String] {
    var files: [String] = []
    var known: Set<String> = []
    var errors: [TopologyError] = []
    for pattern in source.patterns {
      do {
        for file in try FileGlob.expand(pattern.text, in: pattern.folder)
        where known.insert(file).inserted {
          files.append(file)
        }
      } catch {
        errors.append(TopologyError(error.message, at: pattern.position))
      }
    }
    guard errors.isEmpty else { throw TopologyErrors(errors) }
    return files
  }
}
