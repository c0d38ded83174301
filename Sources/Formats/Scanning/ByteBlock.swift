#if arch(x86_64)
internal import CByteMasks
#endif

/// Sixty-four bytes, compared with one byte at a time.
///
/// On x86 an instruction collects a bit of each byte (``CByteMasks``). NEON has none: there,
/// comparison results are weighted so that byte *i* of a word collects bit *j* for word *j*, and the
/// resulting 8×8 bit matrix is transposed (Warren, Hacker's Delight, 7-3).
struct ByteBlock {
  private let memory: UnsafeRawPointer
  private let first: SIMD16<UInt8>
  private let second: SIMD16<UInt8>
  private let third: SIMD16<UInt8>
  private let fourth: SIMD16<UInt8>

  /// The 64 bytes at `memory`, which stay there for as long as the block is used.
  @inline(__always)
  init(_ memory: UnsafeRawPointer) {
    self.memory = memory
    first = memory.loadUnaligned(fromByteOffset: 0, as: SIMD16<UInt8>.self)
    second = memory.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
    third = memory.loadUnaligned(fromByteOffset: 32, as: SIMD16<UInt8>.self)
    fourth = memory.loadUnaligned(fromByteOffset: 48, as: SIMD16<UInt8>.self)
  }

  /// Bit *i* is set where byte *i* is `byte`.
  @inline(__always)
  func mask(of byte: UInt8) -> UInt64 {
    #if arch(x86_64)
    return millrace_byte_mask(memory, byte)
    #else
    let pattern = SIMD16<UInt8>(repeating: byte)
    let none = SIMD16<UInt8>(repeating: 0)
    let collected =
      none.replacing(with: Self.weight(0), where: first .== pattern)
      | none.replacing(with: Self.weight(2), where: second .== pattern)
      | none.replacing(with: Self.weight(4), where: third .== pattern)
      | none.replacing(with: Self.weight(6), where: fourth .== pattern)
    let halves = unsafeBitCast(collected, to: SIMD2<UInt64>.self)
    return Self.transpose(halves[0] | halves[1])
    #endif
  }

  /// The bytes of all four vectors, or-ed: its high bits tell whether all are ASCII.
  @inline(__always)
  var union: SIMD16<UInt8> { first | second | third | fourth }

  #if !arch(x86_64)
  /// `1 << shift` in the lower eight lanes and `1 << (shift + 1)` in the upper.
  @inline(__always)
  private static func weight(_ shift: UInt8) -> SIMD16<UInt8> {
    SIMD16(
      lowHalf: SIMD8(repeating: 1 << shift), highHalf: SIMD8(repeating: 1 << (shift + 1)))
  }

  @inline(__always)
  private static func transpose(_ matrix: UInt64) -> UInt64 {
    var bits = matrix
    var swap = (bits ^ (bits &>> 7)) & 0x00AA_00AA_00AA_00AA
    bits ^= swap ^ (swap &<< 7)
    swap = (bits ^ (bits &>> 14)) & 0x0000_CCCC_0000_CCCC
    bits ^= swap ^ (swap &<< 14)
    swap = (bits ^ (bits &>> 28)) & 0x0000_0000_F0F0_F0F0
    return bits ^ swap ^ (swap &<< 28)
  }
  #endif
}
