import Columnar

/// Infers the columns of JSON Lines from samples: every key met, in the order they were met.
struct JSONLinesInference {
  /// The most keys that become columns; more are more likely data than names.
  static let largestWidth = 4096

  private var names: [String] = []
  private var evidence: [TypeEvidence] = []
  private var positions: [String: Int] = [:]

  /// The columns that everything taken in allows.
  var columns: [InputColumn] {
    zip(names, evidence).map { InputColumn(name: $0, type: $1.type) }
  }

  /// Takes in a sample; lines that are not JSON objects tell nothing.
  mutating func observe(_ sample: FileSample) {
    var lines = sample.bytes.split(separator: ASCII.newline, omittingEmptySubsequences: false)
    if sample.isCut { lines.removeLast() }
    for line in lines {
      line.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        if let members = Self.members(base, bytes.count) { take(members, base) }
      }
    }
  }

  private mutating func take(
    _ members: [(key: String, value: JSONToken)], _ base: UnsafePointer<UInt8>
  ) {
    for (key, value) in members {
      let position: Int
      if let known = positions[key] {
        position = known
      } else {
        guard names.count < Self.largestWidth else { continue }
        position = names.count
        positions[key] = position
        names.append(key)
        evidence.append(TypeEvidence())
      }
      let bytes = UnsafeBufferPointer(
        start: base + value.range.lowerBound, count: value.range.count)
      evidence[position].observe(bytes, kind: value.kind)
    }
  }

  /// The members of the object that a line is, or `nil` where it is none.
  private static func members(
    _ base: UnsafePointer<UInt8>, _ count: Int
  ) -> [(key: String, value: JSONToken)]? {
    var scanner = JSONScanner(base, in: 0..<count)
    var members: [(key: String, value: JSONToken)] = []
    do {
      try scanner.openObject()
      while let key = try scanner.nextKey(first: members.isEmpty) {
        let value = try scanner.value()
        members.append((text(of: key, base), value))
      }
    } catch {
      // A run over the whole file will say what is wrong with the line, or skip it.
      return nil
    }
    return scanner.isAtEnd() ? members : nil
  }

  private static func text(of key: JSONToken, _ base: UnsafePointer<UInt8>) -> String {
    let start = base + key.range.lowerBound
    guard key.isEscaped else {
      return String(
        decoding: UnsafeBufferPointer(start: start, count: key.range.count), as: UTF8.self)
    }
    return String(unsafeUninitializedCapacity: key.range.count) { target in
      guard let place = target.baseAddress else { return 0 }
      return JSONEscape.unescape(start, count: key.range.count, to: place)
    }
  }
}
