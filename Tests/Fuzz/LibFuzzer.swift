// The functions that libFuzzer calls (https://llvm.org/docs/LibFuzzer.html). Its library has the
// program's `main`.

/// Called once, before the first input.
@_cdecl("LLVMFuzzerInitialize")
public func initializeFuzzer(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutableRawPointer
) -> CInt {
  FuzzProgram.begin()
  return 0
}

/// Called with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func feedOneInput(_ bytes: UnsafeRawPointer?, _ count: Int) -> CInt {
  FuzzProgram.feed(UnsafeRawBufferPointer(start: bytes, count: count))
  return 0
}

/// Called to make another input of one; answers its length.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutateInput(
  _ bytes: UnsafeMutableRawPointer, _ count: Int, _ limit: Int, _ seed: CUnsignedInt
) -> Int {
  let memory = UnsafeMutableRawBufferPointer(start: bytes, count: limit)
  return FuzzProgram.mutate(memory, count: count, seed: UInt64(seed))
    ?? mutateBytes(bytes, count, limit)
}

/// libFuzzer's own way to make another input of one.
@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ bytes: UnsafeMutableRawPointer, _ count: Int, _ limit: Int) -> Int
