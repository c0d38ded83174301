#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A source file of the package as text.
struct SourceText {
  var name: String
  var lines: [SourceLine]

  /// The folder of a target, found from where this file was compiled.
  static func folder(of target: String) -> String {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(4).joined(separator: "/") + "/Sources/" + target
  }

  /// All Swift files under a folder, by name in ascending order.
  static func all(under folder: String) -> [SourceText] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [SourceText] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      let path = folder + "/" + name
      if name.hasSuffix(".swift") {
        found.append(SourceText(name: name, lines: lines(of: path)))
      } else {
        found += all(under: path)
      }
    }
    return found.sorted { $0.name < $1.name }
  }

  private static func lines(of path: String) -> [SourceLine] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer[..<count]
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      SourceLine(number: $0.offset + 1, code: code(of: $0.element))
    }
  }

  /// A line without its comment. A `//` within a string would be cut too, which no rule minds.
  private static func code(of line: Substring) -> String {
    var previous: Character?
    for position in line.indices {
      if line[position] == "/", previous == "/" {
        return String(line[..<line.index(before: position)])
      }
      previous = line[position]
    }
    return String(line)
  }
}

/// One line of source text, without comments.
struct SourceLine {
  var number: Int
  var code: String

  /// The words of the line.
  var words: [String] {
    code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }

  /// The name that the line declares as a dictionary or a set, if it does.
  var hashedName: String? {
    guard code.contains("var ") || code.contains("let "), let colon = code.firstIndex(of: ":")
    else { return nil }
    let type = code[code.index(after: colon)...].drop { $0 == " " }
    let isDictionary =
      type.hasPrefix("Dictionary<")
      || (type.hasPrefix("[") && type.prefix { $0 != "]" }.contains(":"))
    guard isDictionary || type.hasPrefix("Set<") else { return nil }
    return SourceLine(number: number, code: String(code[..<colon])).words.last
  }

  /// Whether the line walks over the collection of this name, or takes an element that depends on
  /// its order.
  func iterates(_ name: String) -> Bool {
    let orderly = [
      "keys", "values", "map", "compactMap", "flatMap", "filter", "forEach", "reduce", "first",
      "popFirst", "randomElement", "sorted", "enumerated", "makeIterator", "allSatisfy", "min",
      "max", "prefix", "dropFirst", "elements",
    ]
    let words = words
    for (position, word) in words.enumerated() where word == name {
      let before = words[..<position].filter { $0 != "self" }.last
      if before == "in" || before == "Array" || before == "zip" { return true }
      guard position + 1 < words.count, code.contains("\(name).\(words[position + 1])") else {
        continue
      }
      if orderly.contains(words[position + 1]) { return true }
    }
    return false
  }
}
