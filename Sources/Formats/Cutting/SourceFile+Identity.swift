package import Operators

extension SourceFile {
  /// What the regular file at `path` is now.
  ///
  /// - Throws: ``SourceError`` when it cannot be opened for reading or is not a regular file.
  package static func inspect(path: String) throws(SourceError) -> SourceFile {
    try FileReader(path: path).file
  }

  /// Checks that the file is still what it was when the run was planned.
  ///
  /// - Throws: ``SourceError`` that names the file and what changed.
  package func verifyUnchanged() throws(SourceError) {
    let now = try SourceFile.inspect(path: path)
    if let change = difference(to: now) { throw changed(change) }
  }

  /// In words, how `now` differs from this file; `nil` when it is the same.
  func difference(to now: SourceFile) -> String? {
    if now.size != size { return "it had \(size) bytes and now has \(now.size)" }
    if now.inode != inode || now.device != device { return "another file has taken its place" }
    if now.modified != modified { return "it was written to" }
    return nil
  }

  /// The error for a file that is not what it was.
  func changed(_ how: String) -> SourceError {
    SourceError(
      path: path,
      message: "the file changed since the run was planned: \(how); "
        + "run again while nothing writes to it")
  }
}
