/// Bytes of a store that are not what was written.
package struct Damage: Sendable, Equatable, CustomStringConvertible {
  /// The segment's file name.
  package var segment: String
  /// The first byte in that file.
  package var offset: Int64
  /// Bytes up to the next whole block or to the file's end; 0 when the file is missing or empty.
  package var length: Int64
  /// Results that are known to have been there; more may have been.
  package var results: UInt64

  /// What is wrong and where.
  package var description: String {
    if length == 0 { return "\(segment): the file is missing or empty" }
    let known =
      switch results {
      case 0: ""
      case 1: ", which held a result"
      default: ", which held \(results) results or more"
      }
    return "\(segment): \(length) bytes from byte \(offset) on are not as they were written\(known)"
  }
}
