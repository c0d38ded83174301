#if arch(x86_64)
internal import CByteMasks
#endif

/// Sixteen bytes, compared with one byte or with a range of bytes at a time; see ``ByteBlock``.
struct ShortBlock {
  /// Bytes of a block.
  static let size = 16

  private let memory: UnsafeRawPointer

  /// The bytes at `memory`, which stay there for as long as the block is used.
  @inline(__always)
  init(_ memory: UnsafeRawPointer) { self.memory = memory }

  /// Bit *i* is set where byte *i* is `byte`.
  @inline(__always)
  func mask(of byte: UInt8) -> UInt64 {
    #if arch(x86_64)
    return millrace_short_byte_mask(memory, byte)
    #else
    return Self.collect(bytes .== SIMD16(repeating: byte))
    #endif
  }

  /// Bit *i* is set where byte *i* is in `range`.
  @inline(__always)
  func mask(of range: ClosedRange<UInt8>) -> UInt64 {
    let span = range.upperBound &- range.lowerBound
    #if arch(x86_64)
    return millrace_short_range_mask(memory, range.lowerBound, span)
    #else
    return Self.collect(bytes &- SIMD16(repeating: range.lowerBound) .<= SIMD16(repeating: span))
    #endif
  }

  #if !arch(x86_64)
  private var bytes: SIMD16<UInt8> { memory.loadUnaligned(as: SIMD16<UInt8>.self) }

  /// A bit of each lane: lane *i* of a half is weighted with bit *i* and all are added up.
  @inline(__always)
  private static func collect(_ found: SIMDMask<SIMD16<Int8>>) -> UInt64 {
    let weights = SIMD8<UInt8>(1, 2, 4, 8, 16, 32, 64, 128)
    let weighted = SIMD16<UInt8>(repeating: 0)
      .replacing(with: SIMD16(lowHalf: weights, highHalf: weights), where: found)
    return UInt64(weighted.lowHalf.wrappedSum()) | UInt64(weighted.highHalf.wrappedSum()) << 8
  }
  #endif
}
