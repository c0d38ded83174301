/// Why a key, an allow-list or a directory of keys could not be used: where, why, and what to do.
///
/// Holds no part of a key file's content.
package struct AccessError: Error, Hashable, Sendable {
  /// The class of the failure; what a program decides by.
  package let code: Code

  /// The file, directory or variable, with the line where there is one.
  package let place: String

  /// Why.
  package let reason: String

  /// What to do about it; may be empty.
  package let remedy: String

  /// The classes of failures.
  package enum Code: String, Sendable {
    /// It is not there.
    case notFound
    /// It is there already.
    case exists
    /// Others can read or change it.
    case insecure
    /// It cannot be understood.
    case malformed
    /// A name that no node can have, or that has another meaning.
    case invalidName
    /// The system failed or refused.
    case system
  }

  init(_ code: Code, _ place: String, _ reason: String, remedy: String = "") {
    self.code = code
    self.place = place
    self.reason = reason
    self.remedy = remedy
  }
}

extension AccessError: CustomStringConvertible {
  /// One line: the place, the reason and the remedy.
  package var description: String {
    let line = remedy.isEmpty ? "\(place): \(reason)" : "\(place): \(reason); \(remedy)"
    // Paths and names come from outside: a control character must not break the line.
    return String(
      String.UnicodeScalarView(
        line.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }))
  }
}
