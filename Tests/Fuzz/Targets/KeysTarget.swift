import Access
import ZeroMQ

/// Key files and allow-lists: each is read as what it says, or refused without repeating a key.
///
/// An input is taken for both.
enum KeysTarget: FuzzTarget {
  static let name = "keys"

  static var seeds: [[UInt8]] { KeySeeds.inputs }

  private static let keyLength = 40

  static func feed(_ input: UnsafeRawBufferPointer) {
    let bytes = Array(input)
    feedKeyFile(bytes)
    feedAllowList(bytes)
  }

  private static func feedKeyFile(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(AccessError) {
      guard let key = try NodeKey(environment: [NodeKey.contentVariable: text]) else {
        require(text.isEmpty, "a key file that says something is a key or an error")
        return
      }
      require(
        text.contains(key.pair.publicKey.z85) && text.contains(key.supervisor.z85),
        "a key is what its file says")
      let secret = key.pair.secretKey.revealZ85()
      require(text.contains(secret), "a secret key is what its file says")
      require(!"\(key)".contains(secret), "a secret key is not shown")
    } catch {
      checkSecrecy(of: error, about: text)
    }
  }

  private static func feedAllowList(_ bytes: [UInt8]) {
    do throws(AccessError) {
      let list = try AllowList.parse(bytes, place: "list")
      require(list.entries.count == list.keys.count, "a key is listed once")
      require(list.entries.count <= AllowList.maximumCount, "a list is too long")
      let lines = list.entries.map { "\($0.name) \($0.key.z85)\n" }.joined()
      require(try AllowList.parse(Array(lines.utf8), place: "list") == list, "it is read again")
    } catch {
      checkSecrecy(of: error, about: String(decoding: bytes, as: UTF8.self))
    }
  }

  private static func isOfNames(_ character: Character) -> Bool {
    character == "-" || ("a"..."z").contains(character) || ("0"..."9").contains(character)
  }

  /// Nothing that may be a key is in an error, which goes to logs.
  private static func checkSecrecy(of error: AccessError, about text: String) {
    let told = "\(error)"
    require(!told.isEmpty, "a refusal says why")
    let words = text.split { $0.isWhitespace || $0 == ";" || $0 == "=" }
    for word in words where word.utf8.count >= keyLength && !word.allSatisfy(isOfNames) {
      require(!told.contains(word), "a word that may be a key is repeated: \(told)")
    }
  }
}
