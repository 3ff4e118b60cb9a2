package app

func (s *listScreen) moreMenu() {}

func (s *listScreen) exportPicked() {}
