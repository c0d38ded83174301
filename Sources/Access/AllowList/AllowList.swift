package import ZeroMQ

/// Who gets in: names of nodes and their public keys.
///
/// Its file is text, one `NAME PUBLICKEY` a line; a line that begins with `#` is a comment.
package struct AllowList: Equatable, Sendable {
  /// The largest number of entries.
  package static let maximumCount = 10_000

  /// The largest file in bytes.
  static let sizeLimit = 2 << 20

  /// A node that gets in.
  package struct Entry: Hashable, Sendable {
    /// Its name.
    package let name: NodeName

    /// Its public key.
    package let key: CurvePublicKey

    /// Joins the two.
    package init(name: NodeName, key: CurvePublicKey) {
      self.name = name
      self.key = key
    }
  }

  /// In the order of the file.
  package let entries: [Entry]

  /// The keys alone, as ``ZAPHandler`` takes them.
  package let keys: Set<CurvePublicKey>

  init(checked entries: [Entry]) {
    self.entries = entries
    keys = Set(entries.map(\.key))
  }

  /// A list of nobody.
  package init() { self.init(checked: []) }

  /// The name under which a key is listed.
  package func name(of key: CurvePublicKey) -> NodeName? {
    entries.first { $0.key == key }?.name
  }

  /// Reads a file.
  ///
  /// - Throws: ``AccessError``: it is not there, others could have changed it, or a line is no entry
  ///   or names a node or a key a second time.
  package static func read(path: String) throws(AccessError) -> AllowList {
    try AllowListText(read: path).list
  }

  /// Reads a file's content.
  ///
  /// - Parameter place: what errors call the file.
  /// - Throws: ``AccessError`` as ``read(path:)``.
  package static func parse(_ bytes: [UInt8], place: String) throws(AccessError) -> AllowList {
    try AllowListText(bytes, place: place).list
  }
}
