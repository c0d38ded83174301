/// What an imaginary operator makes of a partition: a number and a small text.
enum PartitionResult {
  /// The result's bytes: a 64-bit number, little-endian, and up to seven letters that tell the index.
  static func bytes(of index: UInt32, variant: UInt64, seed: UInt64) -> [UInt8] {
    let number = SplitMix64.mix(seed ^ UInt64(index) &* 0x9E37_79B9_7F4A_7C15 ^ variant)
    let letters = Int(index % 8)
    return [UInt8](unsafeUninitializedCapacity: 8 + letters) { buffer, count in
      for place in 0..<8 { buffer[place] = UInt8(truncatingIfNeeded: number >> UInt64(8 * place)) }
      for place in 0..<letters { buffer[8 + place] = 97 + UInt8((Int(index) + place) % 26) }
      count = 8 + letters
    }
  }

  /// FNV-1a.
  static func digest(of bytes: [UInt8]) -> UInt64 {
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return digest
  }

  /// The number as a term of a floating-point sum in which order matters: terms differ by many orders
  /// of magnitude.
  static func term(of bytes: some Collection<UInt8>) -> Double {
    var number: UInt64 = 0
    for byte in bytes.prefix(8).reversed() { number = number << 8 | UInt64(byte) }
    let mantissa = Double(number >> 12) / Double(1 << 20)
    return mantissa * (number & 1 == 0 ? 1 : 1e-9) * (number & 2 == 0 ? 1 : -1e-4)
  }
}
