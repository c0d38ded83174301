/// Hashes of values: the same on every machine and in every process, and good enough in all bits to
/// index tables by any of them.
///
/// The mixing is that of wyhash and rapidhash: a full 64×64→128-bit product folded by XOR
/// (https://github.com/wangyi-fudan/wyhash, https://github.com/Nicoshev/rapidhash). Not meant to
/// withstand an adversary who chooses keys.
package enum ValueHash {
  @usableFromInline static var secret0: UInt64 { @inlinable get { 0x2d35_8dcc_aa6c_78a5 } }
  @usableFromInline static var secret1: UInt64 { @inlinable get { 0x8bb8_4b93_962e_acc9 } }
  @usableFromInline static var secret2: UInt64 { @inlinable get { 0x4b33_a62e_d433_d4a3 } }

  /// What every NULL hashes to.
  @inlinable
  package static var null: UInt64 { 0x9e6c_63d0_676a_9a99 }

  /// The 128-bit product of `a` and `b`, folded.
  @inlinable @inline(__always)
  package static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// The hash of 64 bits.
  @inlinable @inline(__always)
  package static func bits(_ value: UInt64) -> UInt64 {
    mix(mix(value ^ secret0, secret1) ^ secret2, secret1)
  }

  /// The hash of a row so far, `hash`, with that of one more value.
  @inlinable @inline(__always)
  package static func combine(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    mix(hash ^ secret0, value ^ secret1)
  }

  /// The hash of a double: -0 as 0, and every NaN alike.
  @inlinable @inline(__always)
  package static func double(_ value: Double) -> UInt64 {
    if value == 0 { return bits(0) }
    return bits(value.isNaN ? Double.nan.bitPattern : value.bitPattern)
  }

  /// The hash of a number's value: 1.0 as 1.00.
  package static func numeric(_ value: Numeric) -> UInt64 {
    let reduced = value.normalized
    let low = UInt64(truncatingIfNeeded: reduced.coefficient)
    let high = UInt64(truncatingIfNeeded: reduced.coefficient >> 64)
    return combine(combine(bits(low), high), UInt64(UInt32(bitPattern: reduced.scale)))
  }

  /// The hash of a span's length: 1 month as 30 days.
  package static func interval(_ value: Interval) -> UInt64 {
    let span = value.span
    return combine(
      bits(UInt64(truncatingIfNeeded: span)), UInt64(truncatingIfNeeded: span >> 64))
  }

  /// The hash of a text's bytes.
  @inlinable @inline(__always)
  package static func text(_ view: StringView) -> UInt64 {
    let length = Int(view.length)
    if length <= 4 {
      return bits(UInt64(view.prefix) | UInt64(view.length) << 32)
    }
    let start = UnsafeRawPointer(view.start)
    return length <= 16 ? fewBytes(start, length) : bytes(start, length)
  }

  /// The hash of more than 4 bytes; exactly `length` are read.
  @usableFromInline
  package static func bytes(_ start: UnsafeRawPointer, _ length: Int) -> UInt64 {
    precondition(length > 4)
    if length <= 16 { return fewBytes(start, length) }
    var seed = UInt64(truncatingIfNeeded: length) ^ secret0
    var rest = start
    var left = length
    while left > 16 {
      seed = mix(load64(rest) ^ secret1, load64(rest + 8) ^ seed)
      rest += 16
      left -= 16
    }
    // The last sixteen bytes, which may overlap what was mixed already.
    return finish(
      load64(start + (length - 16)), load64(start + (length - 8)), seed: seed, length: length)
  }

  /// ``bytes(_:_:)`` of 5 to 16 bytes, without its loop.
  @inlinable @inline(__always)
  static func fewBytes(_ start: UnsafeRawPointer, _ length: Int) -> UInt64 {
    let a: UInt64
    let b: UInt64
    if length >= 8 {
      a = load64(start)
      b = load64(start + (length - 8))
    } else {
      a = load32(start)
      b = load32(start + (length - 4))
    }
    return finish(a, b, seed: UInt64(truncatingIfNeeded: length) ^ secret0, length: length)
  }

  @inlinable @inline(__always)
  static func finish(_ a: UInt64, _ b: UInt64, seed: UInt64, length: Int) -> UInt64 {
    let product = (a ^ secret1).multipliedFullWidth(by: b ^ seed)
    return mix(product.low ^ secret2, product.high ^ secret1 ^ UInt64(truncatingIfNeeded: length))
  }

  @inlinable @inline(__always)
  static func load64(_ place: UnsafeRawPointer) -> UInt64 {
    UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
  }

  @inlinable @inline(__always)
  static func load32(_ place: UnsafeRawPointer) -> UInt64 {
    UInt64(UInt32(littleEndian: place.loadUnaligned(as: UInt32.self)))
  }
}
