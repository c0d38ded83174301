/// Counts distinct hashes: exactly up to ``exactLimit``, then by HyperLogLog (Flajolet et al., 2007)
/// with a relative standard error of 1.15 %.
///
/// The estimate is Ertl's ("New cardinality estimation algorithms for HyperLogLog sketches", 2017,
/// section 4), which needs no tables. What a sketch holds depends on the set of hashes alone.
struct DistinctSketch {
  /// Distinct hashes that are kept as they are.
  static let exactLimit = 512
  private static let indexBits = 13
  private static let registerCount = 1 << indexBits
  private static let largestRank = 64 - indexBits + 1

  /// Hashes, some perhaps twice, until there are too many.
  private var hashes: [UInt64] = []
  /// For each index the greatest rank seen; empty before there are too many hashes.
  private var registers: [UInt8] = []

  /// A sketch of nothing.
  init() {}

  /// Counts a hash.
  mutating func insert(_ hash: UInt64) {
    if registers.isEmpty {
      hashes.append(hash)
      if hashes.count >= 2 * Self.exactLimit { settle() }
    } else {
      Self.note(hash, in: &registers)
    }
  }

  /// Counts what another sketch has counted.
  mutating func merge(_ other: DistinctSketch) {
    for hash in other.hashes { insert(hash) }
    guard !other.registers.isEmpty else { return }
    if registers.isEmpty { spread() }
    for (index, rank) in other.registers.enumerated() where rank > registers[index] {
      registers[index] = rank
    }
  }

  /// The number of distinct hashes, about.
  mutating func estimate() -> Int64 {
    settle()
    guard !registers.isEmpty else { return Int64(hashes.count) }
    var histogram = [Double](repeating: 0, count: Self.largestRank + 1)
    for rank in registers { histogram[Int(rank)] += 1 }
    let count = Double(Self.registerCount)
    var sum = count * Self.tau(1 - histogram[Self.largestRank] / count)
    for rank in (1..<Self.largestRank).reversed() { sum = 0.5 * (sum + histogram[rank]) }
    sum += count * Self.sigma(histogram[0] / count)
    // 1 / (2 ln 2)
    return Int64((0.721347520444481703680 * count * count / sum).rounded())
  }

  /// Leaves out hashes that are there twice, and goes over to registers when there are too many.
  private mutating func settle() {
    guard registers.isEmpty else { return }
    hashes.sort()
    var kept = 0
    for index in hashes.indices where index == 0 || hashes[index] != hashes[kept - 1] {
      hashes[kept] = hashes[index]
      kept += 1
    }
    hashes.removeSubrange(kept...)
    if kept > Self.exactLimit { spread() }
  }

  private mutating func spread() {
    registers = [UInt8](repeating: 0, count: Self.registerCount)
    for hash in hashes { Self.note(hash, in: &registers) }
    hashes = []
  }

  private static func note(_ hash: UInt64, in registers: inout [UInt8]) {
    let index = Int(hash >> UInt64(64 - indexBits))
    let rank = min((hash << UInt64(indexBits)).leadingZeroBitCount + 1, largestRank)
    if rank > registers[index] { registers[index] = UInt8(rank) }
  }

  private static func sigma(_ value: Double) -> Double {
    if value == 1 { return .infinity }
    var (power, weight, sum, before) = (value, 1.0, value, -1.0)
    while sum != before {
      power *= power
      before = sum
      sum += power * weight
      weight += weight
    }
    return sum
  }

  private static func tau(_ value: Double) -> Double {
    if value == 0 || value == 1 { return 0 }
    var (root, weight, sum, before) = (value, 1.0, 1 - value, -1.0)
    while sum != before {
      root = root.squareRoot()
      before = sum
      weight *= 0.5
      sum -= (1 - root) * (1 - root) * weight
    }
    return sum / 3
  }
}

extension DistinctSketch {
  /// The sketch as bytes: 8 for each hash, little-endian and ascending, or one for each register.
  mutating func encoded() -> [UInt8] {
    settle()
    if !registers.isEmpty { return registers }
    return hashes.flatMap { hash in (0..<8).map { UInt8(truncatingIfNeeded: hash >> ($0 * 8)) } }
  }

  /// The sketch that `bytes` say, or `nil` when ``encoded()`` writes no such bytes.
  init?(encoded bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.count == Self.registerCount {
      guard bytes.allSatisfy({ $0 <= Self.largestRank }) else { return nil }
      registers = Array(bytes)
      return
    }
    guard bytes.count % 8 == 0, bytes.count <= 8 * Self.exactLimit else { return nil }
    for start in stride(from: 0, to: bytes.count, by: 8) {
      hashes.append((0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << ($1 * 8) })
    }
  }
}
