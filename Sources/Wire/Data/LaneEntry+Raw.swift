extension LaneEntry {
  private enum Kind {
    static let inline: UInt8 = 1
    static let reference: UInt8 = 2
    static let range: UInt8 = 3
    static let compressed: UInt8 = 4
  }

  package var raw: RawEntry {
    switch content {
    case .inline(let file, let offset, let length, let digest):
      RawEntry(
        index: index, attempt: attempt, kind: Kind.inline, length: length, digest: digest, a: file,
        wide: UInt64(offset))
    case .compressed(let file, let offset, let length, let digest, let size):
      RawEntry(
        index: index, attempt: attempt, kind: Kind.compressed, length: length, digest: digest,
        a: file, b: size, wide: UInt64(offset))
    case .reference(let file, let offset, let length):
      RawEntry(
        index: index, attempt: attempt, kind: Kind.reference, length: length, digest: 0, a: file,
        wide: UInt64(offset))
    case .range(let from, let count, let length, let digest):
      RawEntry(
        index: index, attempt: attempt, kind: Kind.range, length: length, digest: digest, b: count,
        wide: UInt64(bitPattern: from))
    }
  }

  package init(validated raw: RawEntry) {
    let length = Int(raw.length)
    let content: Content =
      switch raw.kind {
      case Kind.inline:
        .inline(file: raw.a, offset: Int64(raw.wide), length: length, digest: raw.digest)
      case Kind.compressed:
        .compressed(
          file: raw.a, offset: Int64(raw.wide), length: length, digest: raw.digest, size: raw.b)
      case Kind.reference:
        .reference(file: raw.a, offset: Int64(raw.wide), length: length)
      default:
        .range(
          from: Int64(bitPattern: raw.wide), count: raw.b, length: length, digest: raw.digest)
      }
    self.init(index: raw.index, attempt: raw.attempt, content: content)
  }

  package static func problem(in raw: RawEntry) -> StaticString? {
    if let problem = commonProblem(in: raw) { return problem }
    switch raw.kind {
    case Kind.inline:
      if raw.b != 0 { return "reserved bytes 28..<32 are not 0" }
      return fileProblem(in: raw, size: raw.length)
    case Kind.compressed:
      if raw.b > WireLimits.partition { return "the size when decompressed is above 1 GiB" }
      return fileProblem(in: raw, size: UInt64(raw.b))
    case Kind.reference:
      if raw.digest != 0 { return "a reference has a digest" }
      if raw.b != 0 { return "reserved bytes 28..<32 are not 0" }
      return fileProblem(in: raw, size: raw.length)
    case Kind.range: return rangeProblem(in: raw)
    default: return "kind is none of a lane's"
    }
  }

  /// What is wrong with the place of `size` bytes in a file.
  private static func fileProblem(in raw: RawEntry, size: UInt64) -> StaticString? {
    guard let offset = Int64(exactly: raw.wide) else { return "file offset is negative" }
    if offset.addingReportingOverflow(Int64(size)).overflow {
      return "file offset and length add up to more than 2^63 - 1"
    }
    return nil
  }

  private static func rangeProblem(in raw: RawEntry) -> StaticString? {
    if raw.a != 0 { return "reserved bytes 24..<28 are not 0" }
    if Int64(bitPattern: raw.wide).addingReportingOverflow(Int64(raw.b)).overflow {
      return "the range ends above 2^63 - 1"
    }
    if raw.b == 0 ? raw.length != 0 : raw.length % UInt64(raw.b) != 0 {
      return "length is not a multiple of the count of numbers"
    }
    return nil
  }
}
