import ZeroMQ

/// The lines of an allow-list's file, comments included, so that a change keeps them.
struct AllowListText {
  private var lines: [Line]

  private struct Line {
    let text: String
    let entry: AllowList.Entry?
  }

  /// Characters of a key.
  private static let keyLength = 40

  /// The beginning of a new file.
  static let header = """
    # Nodes that get in, one `NAME PUBLICKEY` a line. Keep this file and its directory to yourself:
    # who can change it can let anybody in. Changes count at once.

    """

  /// The file, and by what a later change of it is noticed.
  static func readStamped(
    _ path: String
  ) throws(AccessError) -> (text: AllowListText, stamp: FileStamp) {
    let file = try GuardedFile.read(path, limit: AllowList.sizeLimit, secret: false)
    return (try AllowListText(file.bytes, place: path), file.stamp)
  }

  init(read path: String) throws(AccessError) {
    self = try Self.readStamped(path).text
  }

  init(_ bytes: [UInt8], place: String) throws(AccessError) {
    let significant = Dictionary(
      uniqueKeysWithValues: TextLines.significant(bytes).map { ($0.number, $0.text) })
    var texts = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    if texts.last == "" { texts.removeLast() }
    lines = []
    var names: [NodeName: Int] = [:]
    var keys: [CurvePublicKey: Int] = [:]
    for (index, text) in texts.enumerated() {
      guard let line = significant[index + 1] else {
        lines.append(Line(text: String(text), entry: nil))
        continue
      }
      let place = "\(place):\(index + 1)"
      let entry = try Self.entry(line, place)
      if let other = names.updateValue(index + 1, forKey: entry.name) {
        throw AccessError(
          .malformed, place, "\(entry.name) is on line \(other) already",
          remedy: "remove one of the two lines")
      }
      if let other = keys.updateValue(index + 1, forKey: entry.key) {
        throw AccessError(
          .malformed, place, "\(entry.name) has the same key as line \(other)",
          remedy: "remove one of the two lines; each node has a key of its own")
      }
      lines.append(Line(text: String(text), entry: entry))
    }
    guard names.count <= AllowList.maximumCount else {
      throw AccessError(
        .malformed, place, "it has more than \(AllowList.maximumCount) entries",
        remedy: "revoke nodes that are gone")
    }
  }

  private static func entry(_ line: Substring, _ place: String) throws(AccessError)
    -> AllowList.Entry
  {
    let fields = line.split { $0 == " " || $0 == "\t" }
    guard fields.count == 2 else {
      throw AccessError(
        .malformed, place, "this line is not `NAME PUBLICKEY`",
        remedy: "correct it, or put a # before it")
    }
    let name: NodeName
    do {
      name = try NodeName(String(fields[0]))
    } catch {
      // Not repeated where it is long: somebody may have put a key before the name.
      let word = fields[0].utf8.count < keyLength ? "`\(fields[0])`" : "the first word of this line"
      throw AccessError(
        .malformed, place, "\(word) is no name of a node", remedy: error.remedy)
    }
    do {
      return AllowList.Entry(name: name, key: try CurvePublicKey(z85: String(fields[1])))
    } catch {
      // Not repeated: somebody may have put a secret key there.
      throw AccessError(
        .malformed, place, "the key of \(name) is not 40 characters of Z85",
        remedy: "copy the public key anew")
    }
  }

  /// What the lines say.
  var list: AllowList { AllowList(checked: lines.compactMap(\.entry)) }

  /// The content of the file.
  var rendered: String { lines.map { $0.text + "\n" }.joined() }

  /// Adds an entry at the end; neither its name nor its key may be there.
  mutating func append(_ entry: AllowList.Entry) {
    lines.append(Line(text: "\(entry.name) \(entry.key.z85)", entry: entry))
  }

  /// Removes the entry of a name; nil if there is none.
  mutating func remove(_ name: NodeName) -> AllowList.Entry? {
    guard let index = lines.firstIndex(where: { $0.entry?.name == name }) else { return nil }
    return lines.remove(at: index).entry
  }
}
