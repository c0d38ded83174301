/// A file of a simulated disk: what a process sees, and what of it would survive.
struct SimulatedFile: Sendable {
  /// Bytes that reach the disk together or not at all.
  static let sector = 512

  /// What a process reads.
  private(set) var bytes: [UInt8] = []
  /// Whether a flush has made the file itself durable.
  private(set) var exists = false
  /// Whether a flush of it failed: what a process reads may not be what the disk holds.
  var isDoubtful = false
  /// The first bytes, which were flushed and not cut off since.
  private var stable = 0
  /// Flushed bytes after ``stable`` that were cut off, but not durably.
  private var cutOff: [UInt8] = []
  /// Where each append since the last flush or cut began.
  private var appends: [Int] = []

  /// Adds bytes at the end.
  mutating func append(_ new: some Sequence<UInt8>) {
    appends.append(bytes.count)
    bytes.append(contentsOf: new)
  }

  /// Makes what is there durable.
  mutating func flush() {
    exists = true
    stable = bytes.count
    cutOff = []
    appends = []
  }

  /// Cuts the end off.
  mutating func truncate(to size: Int) {
    if size < stable {
      cutOff = bytes[size..<stable] + cutOff
      stable = size
    }
    bytes.removeLast(bytes.count - size)
    appends.removeAll { $0 >= size }
  }

  /// What is there when the power is back; `nil` when not even the name is.
  func afterPowerLoss(_ random: inout SplitMix64) -> SimulatedFile? {
    if !exists, random.once(in: 3) { return nil }
    var file = SimulatedFile()
    file.bytes = Array(bytes[..<stable])
    if exists || !random.once(in: 3) {
      file.bytes += survivingTail(&random)
    }
    file.flush()
    return file
  }

  /// What is left of the bytes after ``stable``.
  private func survivingTail(_ random: inout SplitMix64) -> [UInt8] {
    let fresh = Array(bytes[stable...])
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return cutOff
    case 1: return fresh
    case 2: return Array(fresh.prefix(Int.random(in: 0...fresh.count, using: &random)))
    case 3: return prefix(of: fresh, filled: false, &random)
    case 4: return prefix(of: fresh, filled: true, &random)
    case 5: return prefixOfEach(fresh, &random)
    default: return sectors(of: fresh, &random)
    }
  }

  /// A prefix, and behind it zeros or noise: the file grew, and its last sectors were not written.
  private func prefix(
    of fresh: [UInt8], filled: Bool, _ random: inout SplitMix64
  ) -> [UInt8] {
    let kept = Int.random(in: 0...fresh.count, using: &random)
    let size = Int.random(in: kept...fresh.count, using: &random)
    var tail = Array(fresh[..<kept])
    tail += filled ? random.bytes(size - kept) : Array(repeating: 0, count: size - kept)
    return tail
  }

  /// Of each append a prefix, and zeros, or what had been cut off there, for the rest.
  private func prefixOfEach(_ fresh: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var tail = fresh
    for (position, start) in appends.enumerated() {
      let from = max(start, stable) - stable
      let next = position + 1 < appends.count ? appends[position + 1] - stable : fresh.count
      guard next > from else { continue }
      let kept = Int.random(in: 0...next - from, using: &random)
      for place in from + kept..<next { tail[place] = old(place) }
    }
    return tail
  }

  /// Sectors in any order: each written, not written, or torn. Flushed bytes of the first one stay.
  private func sectors(of fresh: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    let whole = random.once(in: 2)
    let size = whole ? fresh.count : Int.random(in: 0...fresh.count, using: &random)
    var tail = Array(fresh[..<size])
    var start = 0
    while start < size {
      let end = min(size, start + Self.sector - (stable + start) % Self.sector)
      switch Int.random(in: 0..<8, using: &random) {
      case 0...3: break
      case 4, 5: for place in start..<end { tail[place] = old(place) }
      case 6: tail.replaceSubrange(start..<end, with: random.bytes(end - start))
      default:
        let kept = Int.random(in: start...end, using: &random)
        for place in kept..<end { tail[place] = old(place) }
      }
      start = end
    }
    return tail
  }

  /// What stood at this place after ``stable`` before it was written.
  private func old(_ place: Int) -> UInt8 { place < cutOff.count ? cutOff[place] : 0 }
}
