import Yams

/// Turns the text of a topology file into a tree.
struct TreeComposer {
  /// Keys that are given twice are reported one after the other, up to this many in a file.
  private static let duplicateLimit = 16

  private let text: TopologyText
  private var scalars: [Unicode.Scalar]
  /// Indices of keys given for the second time, disguised so that the parser accepts the rest.
  private var disguised: Set<Int> = []
  private var errors: [TopologyError] = []

  private init(_ text: TopologyText) {
    self.text = text
    scalars = text.lines.scalars
  }

  /// The tree, or `nil` when there is none to go on with, and what is wrong with the text.
  static func compose(_ text: TopologyText) -> (tree: YAMLNode?, errors: [TopologyError]) {
    var composer = TreeComposer(text)
    let tree = composer.compose()
    return (tree, composer.errors)
  }

  private mutating func compose() -> YAMLNode? {
    for _ in 0...Self.duplicateLimit {
      do {
        return try tree()
      } catch {
        switch error {
        case .duplicate(let key, let mark):
          guard reportDuplicate(of: key, at: mark) else { return nil }
        case .other(let error):
          errors.append(error)
          return nil
        }
      }
    }
    return nil
  }

  private enum Failure: Error {
    case duplicate(key: String, first: Mark)
    case other(TopologyError)
  }

  private func tree() throws(Failure) -> YAMLNode? {
    let string = String(String.UnicodeScalarView(scalars))
    do {
      // Without rules the resolver leaves all scalars strings, so that no key equals another that is
      // written differently.
      guard let node = try Yams.compose(yaml: string, .basic, .default, .utf8) else { return nil }
      var converter = NodeConverter { TopologyPosition(file: text.file, mark: $0) }
      return withoutDisguised(try converter.convert(node))
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      throw Failure.duplicate(key: keys.first ?? "", first: context.mark)
    } catch let error as TopologyError {
      throw Failure.other(error)
    } catch {
      throw Failure.other(SyntaxError.describe(error, file: text.file))
    }
  }

  /// Reports the second occurrence of a key and disguises it; `false` when it is not found, as in
  /// flow mappings, and the first is reported instead.
  private mutating func reportDuplicate(of key: String, at mark: Mark) -> Bool {
    guard let second = secondOccurrence(of: key, after: mark) else {
      let message = "key '\(key)' is given more than once in this mapping: keep one"
      errors.append(TopologyError(message, at: TopologyPosition(file: text.file, mark: mark)))
      return false
    }
    let place = text.lines.place(of: second)
    errors.append(
      TopologyError(
        "key '\(key)' is given a second time (first at line \(mark.line)): keep one",
        at: TopologyPosition(file: text.file, line: place.line, column: place.column)))
    // Characters of the private use area, each used once, so that no disguise equals another.
    scalars[second] = Unicode.Scalar(UInt16(0xE000 + disguised.count)) ?? "\u{E000}"
    disguised.insert(second)
    return true
  }

  /// Index of the next key of a block mapping that reads `key` and stands in the column of `mark`.
  private func secondOccurrence(of key: String, after mark: Mark) -> Int? {
    let name = Array(key.unicodeScalars)
    var line = mark.line + 1
    while let start = text.lines.index(line: line, column: 1) {
      line += 1
      let end = text.lines.index(line: line, column: 1) ?? scalars.count
      let content = scalars[start..<end].drop { $0 == " " }
      let isEmpty = content.first.map { "#\r\n".unicodeScalars.contains($0) } ?? true
      if isEmpty { continue }
      let column = content.startIndex - start + 1
      if column < mark.column { return nil }
      guard column == mark.column, content.starts(with: name) else { continue }
      let rest = content.dropFirst(name.count).drop { $0 == " " || $0 == "\t" }
      if rest.first == ":" { return content.startIndex }
    }
    return nil
  }

  private func withoutDisguised(_ node: YAMLNode) -> YAMLNode {
    guard !disguised.isEmpty else { return node }
    var node = node
    switch node.content {
    case .scalar: break
    case .sequence(let items): node.content = .sequence(items.map(withoutDisguised))
    case .mapping(let entries):
      let kept = entries.filter { entry in
        let position = entry.keyPosition
        let index = text.lines.index(line: position.line, column: position.column)
        return index.map { !disguised.contains($0) } ?? true
      }
      node.content = .mapping(
        kept.map { entry in
          var entry = entry
          entry.value = withoutDisguised(entry.value)
          return entry
        })
    }
    return node
  }
}
