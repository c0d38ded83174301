extension Topology {
  /// The files that the source reads: patterns in the order given, the files of each sorted by their
  /// bytes, none twice. Empty for a source that reads no files.
  ///
  /// - Throws: all patterns that name no file, or one that cannot be read, with their places.
  package func resolveFiles() throws(TopologyErrors) -> [String] {
    guard case .files(let source) = source else { return [] }
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
