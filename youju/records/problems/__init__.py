"""问题整改: problem → cause → measure → owner → date → proof → closed. A problem survives the year it was found in."""
