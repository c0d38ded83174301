/// Sebastiano Vigna's SplitMix64: the same numbers for a seed everywhere.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// So many decimal digits, the first of which is not zero.
  mutating func digits(_ count: Int) -> String {
    var text = String(Int.random(in: 1...9, using: &self))
    for _ in 1..<max(count, 1) { text += String(Int.random(in: 0...9, using: &self)) }
    return text
  }
}
