import PipelineCore
import Testing

@testable import Runtime

@Suite("Compressed partitions")
struct ZstandardTests {
  @Test(arguments: [0, 1, 1000, 1 << 20])
  func whatWasCompressedComesBack(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let frame = compressed(bytes)
    if count == 1 << 20 { #expect(frame.count < count / 2) }
    let decompressor = Zstandard.Decompressor()
    for _ in 0..<2 {
      let back = try frame.withUnsafeBytes { try Array(decompressor.decompress($0, size: count)) }
      #expect(back == bytes)
    }
  }

  @Test func aDamagedFrameIsRefused() {
    var frame = compressed(Array(repeating: 7, count: 5000))
    frame[frame.count / 2] ^= 0xff
    let decompressor = Zstandard.Decompressor()
    frame.withUnsafeBytes { bytes in
      _ = #expect(throws: Failure.self) { try decompressor.decompress(bytes, size: 5000) }
    }
    for cut in 0..<frame.count {
      frame[..<cut].withUnsafeBytes { bytes in
        _ = #expect(throws: Failure.self) { try decompressor.decompress(bytes, size: 5000) }
      }
    }
  }

  @Test(arguments: [4999, 5001, 0])
  func anotherSizeIsRefusedAndTakesNoMoreMemory(size: Int) {
    let frame = compressed(Array(repeating: 7, count: 5000))
    frame.withUnsafeBytes { bytes in
      _ = #expect(throws: Failure.self) {
        try Zstandard.Decompressor().decompress(bytes, size: size)
      }
    }
  }

  private func compressed(_ bytes: [UInt8]) -> [UInt8] {
    var frame = [UInt8](repeating: 0, count: Zstandard.bound(bytes.count))
    let length = bytes.withUnsafeBytes { bytes in
      frame.withUnsafeMutableBytes { place in
        Zstandard.Compressor().compress(bytes, into: place)
      }
    }
    return Array(frame[..<length])
  }
}
