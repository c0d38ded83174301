import Formats
import Operators

/// A byte of a source's file as people look for it: by its line.
struct SourcePlace: CustomStringConvertible {
  let path: String
  /// Bytes from the file's start.
  let offset: Int64

  /// `path:line`, or `path: byte N` when the lines cannot be counted any more.
  var description: String {
    do throws(SourceError) {
      return "\(path):\(try LineCounter(path: path).line(at: offset))"
    } catch {
      return "\(path): byte \(offset)"
    }
  }
}
