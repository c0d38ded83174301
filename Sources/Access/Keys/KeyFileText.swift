import ZeroMQ

/// The text form of a ``NodeKey``.
enum KeyFileText {
  /// The longest key file in bytes.
  static let limit = 4_096

  /// The content of a key file.
  static func render(_ key: NodeKey, name: NodeName) -> String {
    """
    # Millrace key of \(name == .supervisor ? "the" : "node") \(name): whoever reads this file can act as it.
    public = \(key.pair.publicKey.z85)
    secret = \(key.pair.secretKey.revealZ85())
    supervisor = \(key.supervisor.z85)

    """
  }

  /// Reads a key file's content. An error names the line and what is wrong, and repeats nothing.
  static func parse(_ bytes: [UInt8], place: String) throws(AccessError) -> NodeKey {
    guard bytes.count <= limit else {
      throw AccessError(.malformed, place, "it is longer than \(limit) bytes", remedy: remedy)
    }
    var fields: [String: (value: String, line: Int)] = [:]
    for (index, line) in TextLines.significant(bytes) {
      let where_ = "\(place):\(index)"
      guard let sign = line.firstIndex(of: "=") else {
        throw AccessError(.malformed, where_, "this line is not `name = key`", remedy: remedy)
      }
      let name = TextLines.trimmed(line[..<sign])
      guard ["public", "secret", "supervisor"].contains(name) else {
        throw AccessError(
          .malformed, where_, "this line is not of `public`, `secret` or `supervisor`",
          remedy: remedy)
      }
      let value = TextLines.trimmed(line[line.index(after: sign)...])
      guard fields.updateValue((value, index), forKey: name) == nil else {
        throw AccessError(.malformed, where_, "there is a second line of `\(name)`", remedy: remedy)
      }
    }
    return try join(fields, place)
  }

  private static func join(
    _ fields: [String: (value: String, line: Int)], _ place: String
  ) throws(AccessError) -> NodeKey {
    func field(_ name: String) throws(AccessError) -> (value: String, line: Int) {
      guard let field = fields[name] else {
        throw AccessError(.malformed, place, "it has no line `\(name) = …`", remedy: remedy)
      }
      return field
    }
    func key<Key>(
      _ name: String, _ read: (String) throws(ZeroMQError) -> Key
    ) throws(AccessError) -> Key {
      let field = try field(name)
      do {
        return try read(field.value)
      } catch {
        throw AccessError(
          .malformed, "\(place):\(field.line)", "the \(name) key is not 40 characters of Z85",
          remedy: remedy)
      }
    }
    let secret = try key("secret") { text throws(ZeroMQError) in try CurveSecretKey(z85: text) }
    let listed = try key("public") { text throws(ZeroMQError) in try CurvePublicKey(z85: text) }
    let supervisor = try key("supervisor") { text throws(ZeroMQError) in
      try CurvePublicKey(z85: text)
    }
    let pair: CurveKeyPair
    do {
      pair = try CurveKeyPair(secretKey: secret)
    } catch {
      throw AccessError(.system, place, error.reason, remedy: error.remedy)
    }
    guard pair.publicKey == listed else {
      throw AccessError(
        .malformed, place, "its public key is not that of its secret key", remedy: remedy)
    }
    return NodeKey(pair: pair, supervisor: supervisor)
  }

  private static let remedy = "copy the whole file that `millrace keys` made, or make another key"
}
