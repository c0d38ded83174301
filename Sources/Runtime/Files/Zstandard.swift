import CZstd
import PipelineCore

/// Partitions compressed on their way: Zstandard frames (RFC 8878), each of one partition.
enum Zstandard {
  /// Chosen for speed: the wire is to be relieved, not the disk.
  private static let level: CInt = 1

  /// The most bytes that `count` bytes take when they are compressed.
  static func bound(_ count: Int) -> Int { ZSTD_compressBound(count) }

  /// Compresses with memory that is kept from one partition to the next.
  final class Compressor {
    private let context: OpaquePointer

    init() {
      guard let context = ZSTD_createCCtx() else { preconditionFailure("no memory for Zstandard") }
      self.context = context
    }

    deinit { ZSTD_freeCCtx(context) }

    /// Writes the frame of `bytes` to `place`, which has ``Zstandard/bound(_:)`` bytes or more.
    ///
    /// - Returns: the frame's length in bytes.
    func compress(_ bytes: UnsafeRawBufferPointer, into place: UnsafeMutableRawBufferPointer) -> Int
    {
      let length = ZSTD_compressCCtx(
        context, place.baseAddress, place.count, bytes.baseAddress, bytes.count, level)
      precondition(
        ZSTD_isError(length) == 0,
        "compression failed: \(String(cString: ZSTD_getErrorName(length)))")
      return length
    }
  }

  /// Decompresses with memory that is kept from one partition to the next.
  final class Decompressor {
    private let context: OpaquePointer
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 64)

    init() {
      guard let context = ZSTD_createDCtx() else { preconditionFailure("no memory for Zstandard") }
      self.context = context
    }

    deinit {
      ZSTD_freeDCtx(context)
      buffer.deallocate()
    }

    /// The bytes of a frame, valid until the next call.
    ///
    /// - Parameter size: how many there must be; no more memory than that is taken.
    /// - Throws: ``Failure`` of kind `operating` when the frame is damaged or has another size.
    func decompress(_ frame: UnsafeRawBufferPointer, size: Int) throws(Failure)
      -> UnsafeRawBufferPointer
    {
      if buffer.count < size {
        buffer.deallocate()
        buffer = .allocate(byteCount: size, alignment: 64)
      }
      let length = ZSTD_decompressDCtx(
        context, buffer.baseAddress, size, frame.baseAddress, frame.count)
      guard ZSTD_isError(length) == 0 else {
        throw Failure(
          .operating,
          "a compressed partition of \(frame.count) bytes cannot be read: "
            + String(cString: ZSTD_getErrorName(length)))
      }
      guard length == size else {
        throw Failure(
          .operating,
          "a compressed partition has \(length) bytes and not the \(size) it should have")
      }
      return UnsafeRawBufferPointer(rebasing: buffer[..<length])
    }
  }
}
