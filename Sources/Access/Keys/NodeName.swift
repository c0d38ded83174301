/// The name under which a key is listed: 1 to 64 of `a`-`z`, `0`-`9` and `-`.
package struct NodeName: Hashable, Sendable {
  /// The name.
  package let text: String

  /// The supervisor's name, which no node can have.
  package static let supervisor = NodeName(unchecked: "supervisor")

  private init(unchecked text: String) { self.text = text }

  /// Takes a name.
  ///
  /// - Throws: ``AccessError/Code/invalidName``.
  package init(_ text: String) throws(AccessError) {
    let isValid =
      (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
      }
    guard isValid else {
      throw AccessError(
        .invalidName, "name `\(text.prefix(80))`", "this is no name for a key",
        remedy: "use 1 to 64 of the characters a-z, 0-9 and -")
    }
    self.text = text
  }
}

extension NodeName: CustomStringConvertible {
  /// The name.
  package var description: String { text }
}
