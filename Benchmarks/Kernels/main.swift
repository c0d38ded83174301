// Measures each kernel by itself, over data made in memory from fixed seeds.
//
//   millrace-kernels [PART OF A NAME…]

let repetitions = 7
let wanted = CommandLine.arguments.dropFirst()
let rows = SampleRows()
let families = [
  ScanKernels.all, { try ExpressionKernels.all(rows) }, { try RowKernels.all(rows) },
  { try SinkKernels.all(rows) }, PartitionKernels.all,
]
KernelTable.printHead(repetitions: repetitions)
for family in families {
  for kernel in try family() where wanted.isEmpty || wanted.contains(where: kernel.name.contains) {
    KernelTable.printLine(kernel, try Measurement(kernel, repetitions: repetitions))
  }
}
