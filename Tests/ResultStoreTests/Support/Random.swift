/// SplitMix64: the same numbers for a seed, everywhere.
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
  }

  /// A result with a payload of up to so many bytes, often none.
  mutating func sample(_ index: UInt32, upTo length: Int) -> Sample {
    let length = Bool.random(using: &self) ? 0 : Int.random(in: 0...length, using: &self)
    return Sample(
      index: index, rows: .random(in: 0...3, using: &self),
      skipped: UInt32(truncatingIfNeeded: next()), outputRows: .random(in: 0...300, using: &self),
      payload: bytes(length))
  }
}
