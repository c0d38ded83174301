import Millrace

await Millrace.main()
